/*
 * A generated edition as a folder of CSV files, the same as data/sample; `fairlead import` reads
 * it.
 */
#ifndef FAIRLEAD_SERVICE_SAMPLE_FOLDER_H
#define FAIRLEAD_SERVICE_SAMPLE_FOLDER_H

#include "service/sample/generate.h"

/*
 * Generates an edition from the catalogue inside the program into the folder `name`, which is made
 * if it does not exist. The sheet of expected findings is written only when duplicates or errors
 * are asked for. ERR_CONFLICT when one of the files exists already; otherwise the errors of
 * sample_generate and of the file system. On failure the files of this call are removed again.
 */
enum err sample_write_folder(const struct sample_options *options, const char *name,
                             const struct job *job, struct errinfo *info) ERR_CHECK;

#endif
