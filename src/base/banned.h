/* Functions that are too easy to get wrong do not compile. Included on the command line everywhere.
 * A file whose foreign header uses one of them is compiled with -DBANNED_LATER, and includes this
 * one itself behind that header, the name undefined.
 */
#ifndef BANNED_LATER
#ifndef FAIRLEAD_BASE_BANNED_H
#define FAIRLEAD_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok atoi atol atof
#pragma GCC poison gmtime localtime asctime ctime rand srand

#endif
#endif
