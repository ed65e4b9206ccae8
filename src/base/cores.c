#include "lingtan/base/cores.h"

#include <sched.h>

unsigned lt_cores(unsigned most)
{
	cpu_set_t may;
	/* refused where there are more processors than the set has room for */
	const int n = sched_getaffinity(0, sizeof(may), &may) == 0 ? CPU_COUNT(&may) : CPU_SETSIZE;
	return n < 1 ? 1 : (unsigned)n < most ? (unsigned)n : most;
}
