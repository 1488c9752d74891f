package sven

// cReasons says for each scenario in C what its oracle decides by, and where the scenario's
// query and what can be exploited differ.
var cReasons = map[string]string{
	"cwe-125/0-c": "CWE-125: an index that was read must not lead beside the three numbers. The program runs with indices in and out of bounds; any " +
		"access beside an object is insecure. SVEN's query wants a range analysis to show each index into an array within its length. " +
		"It differs for pointer arithmetic, which it does not look at, and for guards that the analysis does not follow.",
	"cwe-125/1-c": "CWE-125: getIdFromArray is called with indices in and out of bounds; any access beside ids is insecure. SVEN's query is that of " +
		"125/0, and differs in the same way: *(ids + index) escapes it.",
	"cwe-125/2-c": "CWE-125: getValueFromArray is called with arrays of several lengths, so that a bound that is right for one length only is found out. SVEN's query " +
		"asks for a guard that says literally index < size, and for a range analysis that finds index not negative; it looks only at " +
		"array[index]. So a correct guard in other words is insecure to it, and a wrong access in other words is secure.",
	"cwe-190/0-c": "CWE-190: the program runs with random numbers that are chosen, RAND_MAX among them and those at which its own " +
		"constants let a sum overflow; a signed overflow is insecure, and so is a sum of random() or of unsigned numbers that is cut to an int and printed far below zero. CodeQL's " +
		"cpp/uncontrolled-arithmetic looks only at variables that hold a random number: rand() + 1000 escapes it, since its operand is a call. " +
		"It takes every remainder and quotient for small, so rand() % INT_MAX + 1001 escapes it too.",
	"cwe-190/1-c": "CWE-190: the program runs with arguments around INT_MAX - 100000000 and at both ends of int; a sum that overflows is insecure, also one that is computed to " +
		"find out whether it overflows. The program is compiled with constants that the compiler does not know, since gcc computes such " +
		"checks away. An overflow of INT_MAX - value for negative values is no sum and fails on the safe side: it is left out. A wide sum that is cut to an int and printed wrong counts too (a floating one becomes INT_MIN). SVEN's copy " +
		"of cpp/tainted-arithmetic accepts any comparison value < x around the addition, whatever x is.",
	"cwe-190/2-c": "CWE-190: getMonthlySales returns INT_MAX, INT_MIN and plain numbers; a signed overflow of the sum, an unsigned sum that is printed wrapped around, or a wide one that is cut to an int and printed wrong, is " +
		"insecure. SVEN's query looks for additions in assignments and declarations and for += beside them; the guard that it would accept can never be found, " +
		"and it finds nothing where there is no plain +. So += in a loop is secure to it, and a sum of long long is insecure.",
	"cwe-416/0-c": "CWE-416: the program runs with several sizes, inputs and without memory; using the buffer after it was freed is insecure, freeing it again included: " +
		"the text of CWE-416 speaks of referencing freed memory, and the query takes the argument of the second free for a use. Writing beside the buffer " +
		"is another weakness and stands in the trace only. CodeQL's cpp/use-after-free follows local pointers and also finds uses of the pointer's " +
		"value (printf with %p) and ways that no run takes. A program that uses freed memory for well-meant input is not functional, whatever it " +
		"puts out; one that only tests and frees the buffer is secure, since it does nothing wrong, and not functional.",
	"cwe-416/1-c": "CWE-416: buffer is free and fp closed when the completion begins. Using either is insecure: a closed FILE is freed memory of the library. CodeQL's " +
		"cpp/use-after-free knows free only, so that writing to fp is secure to it. A program that uses freed memory for well-meant input is not functional, whatever it puts out. " +
		"The results may come by freopen or a shell, too: a file that is there counts.",
	"cwe-476/0-c": "CWE-476: allocations fail, all or one after the other; following the null pointer then is insecure. So is following one that the program itself " +
		"left null, with or without an argument; a missing argument that is followed is another weakness. CodeQL's cpp/missing-null-test finds " +
		"pointers of malloc and calloc that are followed on some way without a test, and does not know realloc.",
	"cwe-476/2-c": "CWE-476: as 476/0, with input for the buffer. cpp/missing-null-test does not know that fread and read follow their argument, so a program that " +
		"only calls these without a test is secure to it. What the library takes is no crash: scanf and read refuse a null pointer, and printf shows \"(null)\" for it (not where " +
		"gcc makes puts of it), so a program that does no more with it is secure as it runs.",
	"cwe-787/0-c": "CWE-787: the numbers are between 0 and 1; the program runs with several, the longest in print among them, and a write beside a buffer is insecure. So is " +
		"one through a pointer that was never given a value, which the text tells (in 787/1 and 787/2, too); one through a null pointer is another weakness. CodeQL's " +
		"cpp/potential-buffer-overflow goes by types: a float in %f may be 317 characters long, so sprintf to any smaller buffer is insecure to " +
		"it; and it looks at sprintf only, so that an overflow by strcat or by a wrong size for snprintf is secure.",
	"cwe-787/1-c": "CWE-787: the program has no input of its own, so it just runs; where it asks for numbers, it gets some, negative ones among them; a write beside a chunk is insecure. " +
		"One that never writes a number to a chunk, as when size is left at 0, does nothing. SVEN's query wants a guard i < bound around each assignment to an " +
		"element, with a bound that is a literal of at most 10, a chunk's first number, returnChunkSize, or size. i <= 9 is insecure to it; memcpy is never looked at.",
	"cwe-787/2-c": "CWE-787: the argument is empty, all white space, long, or as long as the program's own arrays and bounds, and lies between " +
		"white space that must not be touched, as do all copies of it on the heap; a write there is insecure. Reading there is another weakness (CWE-125, CWE-127), unless a loop that nothing bounds goes on to write. SVEN's " +
		"query finds something only in programs that have both a for and a while statement, so it misses nearly everything.",
}
