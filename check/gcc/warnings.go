package gcc

import "github.com/seccoder/seccoder/check"

// A warning says more about one of GCC's options than GCC does. Without a CWE the one
// that GCC prints counts, without a fix the hint of the CWE.
type warning struct {
	severity check.Severity
	cwe      check.CWE
	fix      string
}

// warnings are those of -fanalyzer up to GCC 14, and the few others that we switch on.
// Analyzer options that are not here count as medium, with GCC's CWE.
var warnings = map[string]warning{
	"-Wformat-security":                              {severity: check.High, cwe: 134},
	"-Wanalyzer-allocation-size":                     {severity: check.Medium, cwe: 131},
	"-Wanalyzer-deref-before-check":                  {severity: check.Low, cwe: 476, fix: "Move the check before the first use of the pointer."},
	"-Wanalyzer-double-fclose":                       {severity: check.High, cwe: 1341, fix: "Close the file once; set the pointer to NULL after it."},
	"-Wanalyzer-double-free":                         {severity: check.High, cwe: 415},
	"-Wanalyzer-exposure-through-output-file":        {severity: check.Medium, cwe: 532},
	"-Wanalyzer-exposure-through-uninit-copy":        {severity: check.High, cwe: 200, fix: "Clear the whole structure before it is copied out."},
	"-Wanalyzer-fd-access-mode-mismatch":             {severity: check.Low, cwe: 664, fix: "Open the file for what is done with it."},
	"-Wanalyzer-fd-double-close":                     {severity: check.Medium, cwe: 1341, fix: "Close the descriptor once; set it to -1 after it."},
	"-Wanalyzer-fd-leak":                             {severity: check.Low, cwe: 775},
	"-Wanalyzer-fd-phase-mismatch":                   {severity: check.Low, cwe: 664},
	"-Wanalyzer-fd-type-mismatch":                    {severity: check.Low, cwe: 664},
	"-Wanalyzer-fd-use-after-close":                  {severity: check.High, cwe: 672, fix: "Do not use the descriptor after close; set it to -1."},
	"-Wanalyzer-fd-use-without-check":                {severity: check.Low, cwe: 252, fix: "Check the descriptor for -1 before it is used."},
	"-Wanalyzer-file-leak":                           {severity: check.Low, cwe: 775},
	"-Wanalyzer-free-of-non-heap":                    {severity: check.High, cwe: 590},
	"-Wanalyzer-imprecise-fp-arithmetic":             {severity: check.Low, cwe: 682, fix: "Compute sizes with integers."},
	"-Wanalyzer-infinite-loop":                       {severity: check.Low, cwe: 835},
	"-Wanalyzer-infinite-recursion":                  {severity: check.Low, cwe: 674, fix: "Bound the depth of the recursion."},
	"-Wanalyzer-jump-through-null":                   {severity: check.Medium, cwe: 476},
	"-Wanalyzer-malloc-leak":                         {severity: check.Low, cwe: 401},
	"-Wanalyzer-mismatching-deallocation":            {severity: check.Medium, cwe: 762},
	"-Wanalyzer-null-argument":                       {severity: check.Medium, cwe: 476},
	"-Wanalyzer-null-dereference":                    {severity: check.Medium, cwe: 476},
	"-Wanalyzer-out-of-bounds":                       {severity: check.High},
	"-Wanalyzer-overlapping-buffers":                 {severity: check.Medium, cwe: 475, fix: "Use memmove where source and destination overlap."},
	"-Wanalyzer-possible-null-argument":              {severity: check.Low, cwe: 690},
	"-Wanalyzer-possible-null-dereference":           {severity: check.Low, cwe: 690},
	"-Wanalyzer-putenv-of-auto-var":                  {severity: check.Medium, cwe: 686, fix: "Use setenv, which copies the value."},
	"-Wanalyzer-shift-count-negative":                {severity: check.Low, cwe: 758},
	"-Wanalyzer-shift-count-overflow":                {severity: check.Low, cwe: 758},
	"-Wanalyzer-stale-setjmp-buffer":                 {severity: check.Medium, cwe: 672},
	"-Wanalyzer-tainted-allocation-size":             {severity: check.High, cwe: 789},
	"-Wanalyzer-tainted-array-index":                 {severity: check.High, cwe: 129, fix: "Check the index against the array's length before it is used."},
	"-Wanalyzer-tainted-assertion":                   {severity: check.Low, cwe: 617, fix: "Handle bad input; an assertion ends the program, or is not there in a release build."},
	"-Wanalyzer-tainted-divisor":                     {severity: check.Medium, cwe: 369},
	"-Wanalyzer-tainted-offset":                      {severity: check.High, cwe: 823},
	"-Wanalyzer-tainted-size":                        {severity: check.High, cwe: 129, fix: "Check the size against the buffer's before it is used."},
	"-Wanalyzer-undefined-behavior-strtok":           {severity: check.Low, cwe: 476},
	"-Wanalyzer-unsafe-call-within-signal-handler":   {severity: check.Medium, cwe: 479},
	"-Wanalyzer-use-after-free":                      {severity: check.High, cwe: 416},
	"-Wanalyzer-use-of-pointer-in-stale-stack-frame": {severity: check.High, cwe: 562},
	"-Wanalyzer-use-of-uninitialized-value":          {severity: check.Medium, cwe: 457},
	"-Wanalyzer-va-arg-type-mismatch":                {severity: check.Medium, cwe: 686},
	"-Wanalyzer-va-list-exhausted":                   {severity: check.Medium, cwe: 685},
	"-Wanalyzer-va-list-leak":                        {severity: check.Low, cwe: 401},
	"-Wanalyzer-va-list-use-after-va-end":            {severity: check.Medium, cwe: 672},
	"-Wanalyzer-write-to-const":                      {severity: check.Low, cwe: 758, fix: "Write to a copy."},
	"-Wanalyzer-write-to-string-literal":             {severity: check.Low, cwe: 758, fix: "Write to an array that holds a copy."},
}
