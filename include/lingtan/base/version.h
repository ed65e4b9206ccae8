/* version - which lingtan this is: on screen, in --version, in the manual, on what a certificate was
 * issued with. */
#ifndef LINGTAN_BASE_VERSION_H
#define LINGTAN_BASE_VERSION_H

#define LT_VERSION "0.1"

#endif
