#include "generated-by-the-build.h"

int limit(void)
{
	return LIMIT;
}
