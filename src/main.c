/* The program: everything is in cli/. */
#include <signal.h>
#include <stdio.h>

#include "cli/cli.h"

int main(int argc, char **argv) {
    /* A reader that goes away (| head) shows as a write error, not as death by signal. */
    signal(SIGPIPE, SIG_IGN);
    return cli_main(argc, argv, stdout, stderr);
}
