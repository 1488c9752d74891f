#include <stdlib.h>
#include <string.h>

/* Returns the text as it stands in an XML document, in new memory: & is written
 * &amp; and likewise < > " ' are written &lt; &gt; &quot; &apos; */
char *xml_text(const char *text)
{
