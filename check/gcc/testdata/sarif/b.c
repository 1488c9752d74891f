{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "GNU C17"}}, "invocations": [{"executionSuccessful": false}], "results": [
 {"ruleId": "fatal error", "level": "error", "message": {"text": "no.h: No such file or directory"},
  "locations": [{"physicalLocation": {"artifactLocation": {"uri": "b.c"}, "region": {"startLine": 1}}}]}
 ]}]}
