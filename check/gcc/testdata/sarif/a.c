{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "GNU C17", "version": "14.2.0", "rules": [{"id": "-Wanalyzer-use-after-free"}]}},
 "taxonomies": [{"name": "CWE", "version": "4.7", "taxa": [{"id": "416"}]}],
 "invocations": [{"executionSuccessful": true, "toolExecutionNotifications": []}], "artifacts": [{"location": {"uri": "a.c"}}],
 "results": [
  {"ruleId": "-Wanalyzer-use-after-free", "level": "warning", "message": {"text": "use after 'free' of 't'"}, "taxa": [{"id": "416", "toolComponent": {"name": "cwe"}}],
   "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.c", "uriBaseId": "PWD"}, "region": {"startLine": 14, "startColumn": 2, "endColumn": 31}}}]},
  {"ruleId": "-Wunused-variable", "level": "warning", "message": {"text": "unused"},
   "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.c"}, "region": {"startLine": 3}}}]}
 ]}]}
