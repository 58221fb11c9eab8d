/*
 * Names of firms as keys: what stays equal when people write one firm's name in different ways.
 *
 * The exact key is the spelling key of the name. The core key leaves out legal forms and the
 * general words at the end ("Inc.", "Co., Ltd.", "Group", 有限公司, 集团); it is empty when nothing
 * else is left. A name has several faces: the whole, the parts around a slash, and the name without
 * and inside brackets ("Golden Arches (China) Co., Ltd. / McDonald's China").
 *
 * Thread rule: any thread, one name_faces each.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_NAMES_H
#define FAIRLEAD_SERVICE_IMPORT_NAMES_H

#include "base/buf.h"

struct name_faces {
    struct buf exact;  /* read-only: exact key of the face */
    struct buf core;   /* read-only: core key */
    struct buf folded; /* private */
};

void name_faces_init(struct name_faces *f);
void name_faces_release(struct name_faces *f);

/* Makes both keys of one name. O(len). */
enum err name_faces_make(struct name_faces *f, struct str name, struct errinfo *info) ERR_CHECK;

/*
 * Cuts a name into its faces, the whole first; returns their number. They are parts of `name`.
 */
enum { NAME_FACES_MAX = 4 };
uint32_t name_faces_cut(struct str name, struct str faces[NAME_FACES_MAX]);

#endif
