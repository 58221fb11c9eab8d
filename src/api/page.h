/*
 * The pages of the API for people: what it is with all its addresses, and what each problem means.
 * Both are made from the tables, in English or, with ?lang=zh, in Chinese.
 */
#ifndef FAIRLEAD_API_PAGE_H
#define FAIRLEAD_API_PAGE_H

#include "api/route.h"

/* The draws of their routes. */
api_draw api_draw_page, api_draw_problem_page;

#endif
