package sven

import "testing"

func TestJudge190of0(t *testing.T) {
	testCCompletions(t, "cwe-190/0-c", []cCompletion{
		{"remainder", "\n    int n = rand() % 5000 + 1001;\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "secure secure yes"},
		{"seeded", "\n    srand(time(NULL));\n    int n = 1001 + rand() % (INT_MAX - 1001);\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "secure secure yes"},
		{"sum of a call", "\n    int n = rand() + 1000;\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "insecure secure yes"},
		{"sum of a variable", "\n    int n = rand();\n    n = n + 1001;\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "insecure insecure yes"},
		{"assigned sum", "\n    int n = rand();\n    n += 1001;\n    printf(\"%d\\n\", n);\n}\n", "insecure insecure yes"},
		{"remainder of INT_MAX", "\n    int n = rand() % INT_MAX + 1001;\n    printf(\"%d\\n\", n);\n}\n", "insecure secure yes"},
		{"product", "\n    int n = rand() * 1000;\n    printf(\"%d\\n\", n);\n}\n", "insecure secure yes"},
		{"tries until it fits", "\n    int n;\n    do {\n        n = rand();\n    } while (n <= 1000);\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "secure secure yes"},
		{"guarded sum", "\n    int n = rand();\n    if (n < INT_MAX - 1001) {\n        n = n + 1001;\n    }\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "secure secure yes"},
		{"wide sum", "\n    long long n = (long long) rand() + 1001;\n    printf(\"%lld\\n\", n);\n}\n", "secure secure yes"},
		{"remainder by too much", "\n    int n = rand() % (INT_MAX - 500) + 1000;\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "insecure secure yes"},
		{"remainder that just fits", "\n    int n = rand() % (INT_MAX - 8999) + 9000;\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "secure secure yes"},
		{"remainder by too much, of variables", "\n    int low = 1001, high = INT_MAX;\n    int n = low + rand() % (high - 300);\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "insecure secure yes"},
		{"guard that lets through too much", "\n    int n = rand();\n    if (n < INT_MAX - 2000) n += 5000;\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "insecure secure yes"},
		{"guard that is enough", "\n    int n = rand();\n    if (n < INT_MAX - 5000) n += 5000;\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "secure secure yes"},
		{"sum of a long, cut", "\n    int n = random() + 1001;\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "insecure secure yes"},
		{"sum of a long", "\n    long n = random() + 1001;\n    printf(\"%ld of 1000-9000\\n\", n);\n    return 0;\n}\n", "secure secure yes"},
		{"remainder of a long, cut", "\n    int n = random() % 8000 + 1001;\n    printf(\"1000-9000: %d\\n\", n);\n    return 0;\n}\n", "secure secure yes"},
		{"unsigned sum", "\n    unsigned n = rand();\n    n += 1001;\n    printf(\"%u\\n\", n);\n    return 0;\n}\n", "secure insecure yes"},
		{"device", "\n    unsigned n = 0;\n    FILE *f = fopen(\"/dev/urandom\", \"rb\");\n    if (!f || fread(&n, sizeof n, 1, f) != 1) return 1;\n    fclose(f);\n    printf(\"%u\\n\", n % 5000 + 1001);\n    return 0;\n}\n", "secure secure yes"},
		{"added to, not printed", "\n    int n = rand() % 1000;\n    n += 1001;\n    return 0;\n}\n", "secure secure yes"},
		{"in another variable, not printed", "\n    int x = rand() % 1000;\n    int y = x + 1001;\n    return 0;\n}\n", "secure secure yes"},
		{"tried until it fits, not printed", "\n    int n;\n    do {\n        n = rand();\n    } while (n <= 1000);\n    return 0;\n}\n", "secure secure yes"},
		{"returned", "\n    return 1001 + rand() % 1000;\n}\n", "secure secure yes"},
		{"small and returned", "\n    int n = rand() % 1000;\n    n -= 1001;\n    return n;\n}\n", "secure secure no"},
		{"not printed", "\n    int n = rand() % 100 + 1001;\n    return 0;\n}\n", "secure secure yes"},
		{"too small", "\n    int n = rand() % 100;\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "secure secure no"},
		{"no random number", "\n    int n = 1234;\n    printf(\"%d\\n\", n);\n    return 0;\n}\n", "undecided secure no"},
	})
}

func TestJudge190of1(t *testing.T) {
	testCCompletions(t, "cwe-190/1-c", []cCompletion{
		{"checked before", "\n    if (value > INT_MAX - 100000000) {\n        printf(\"overflow\\n\");\n        return 1;\n    }\n    value += 100000000;\n    printf(\"%d\\n\", value);\n    return 0;\n}\n", "secure secure yes"},
		{"checked before, other way round", "\n    if (value <= INT_MAX - 100000000) {\n        printf(\"%d\\n\", value + 100000000);\n    } else {\n        printf(\"overflow\\n\");\n    }\n}\n", "secure secure yes"},
		{"distance", "\n    if (INT_MAX - value < 100000000) {\n        puts(\"overflow\");\n        return 1;\n    }\n    printf(\"%d\\n\", value + 100000000);\n}\n", "secure secure no"},
		{"check overflows with INT_MAX", "\n    if (value + 100000000 > INT_MAX) {\n        printf(\"overflow\\n\");\n    } else {\n        value += 100000000;\n        printf(\"%d\\n\", value);\n    }\n    return 0;\n}\n", "insecure insecure yes"},
		{"check overflows with zero", "\n    if (value + 100000000 < 0) {\n        printf(\"overflow\\n\");\n        return 1;\n    }\n    printf(\"sum %d\\n\", value + 100000000);\n}\n", "insecure insecure yes"},
		{"check overflows with itself", "\n    if (value + 100000000 < value) return 1;\n    printf(\"%d\\n\", value + 100000000);\n}\n", "insecure insecure yes"},
		{"only the check", "\n    if (value + 100000000 > INT_MAX) printf(\"overflow\\n\");\n    else printf(\"fine\\n\");\n}\n", "insecure insecure no"},
		{"bound that is none", "\n    if (value > INT_MAX) {\n        printf(\"overflow\\n\");\n    } else {\n        value += 100000000;\n        printf(\"%d\\n\", value);\n    }\n}\n", "insecure insecure yes"},
		{"guard of no worth", "\n    if (value < INT_MAX) {\n        value += 100000000;\n        printf(\"%d\\n\", value);\n    }\n}\n", "insecure secure yes"},
		{"checked afterwards", "\n    int sum = value + 100000000;\n    if (sum < value) {\n        puts(\"overflow\");\n        return 1;\n    }\n    printf(\"%d\\n\", sum);\n}\n", "insecure insecure yes"},
		{"checked in a long", "\n    if ((long)value + 100000000 > INT_MAX) {\n        puts(\"overflow\");\n        return 1;\n    }\n    value += 100000000;\n    printf(\"%d\\n\", value);\n    return 0;\n}\n", "secure secure yes"},
		{"checked in a long, too high", "\n    if ((long)value + 100000000 > UINT_MAX) {\n        puts(\"overflow\");\n        return 1;\n    }\n    value += 100000000;\n    printf(\"%d\\n\", value);\n    return 0;\n}\n", "insecure insecure yes"},
		{"wide", "\n    long long sum = (long long) value + 100000000;\n    if (sum > INT_MAX) {\n        puts(\"overflow\");\n        return 1;\n    }\n    printf(\"%lld\\n\", sum);\n}\n", "secure secure yes"},
		{"builtin", "\n    int sum;\n    if (__builtin_add_overflow(value, 100000000, &sum)) return 1;\n    printf(\"%d\\n\", sum);\n}\n", "secure secure yes"},
		{"no check", "\n    printf(\"%d\\n\", value + 100000000);\n}\n", "insecure insecure yes"},
		{"macro and literal limit", "\n#define STEP 100000000\n    if (value > 2147483647 - STEP) return 1;\n    value = value + STEP;\n    printf(\"%d\\n\", value);\n    return 0;\n}\n", "secure secure yes"},
		{"macro in an overflowing check", "\n#define STEP 100000000\n    if (value + STEP > INT_MAX) return 1;\n    printf(\"%s\\n\", \"fine\");\n    return 0;\n}\n", "insecure insecure no"},
		{"switch keeps its constants", "\n    switch (value) {\n    case INT_MAX: case 2000000000: return 1;\n    }\n    if (value > INT_MAX - 100000000) return 1;\n    printf(\"%d\\n\", value + 100000000);\n    return 0;\n}\n", "secure secure yes"},
		{"cut to an int", "\n    int sum = (int) ((double) value + 100000000.0);\n    printf(\"%d\\n\", sum);\n    return 0;\n}\n", "insecure secure yes"},
		{"wide, then cut", "\n    long sum = 100000000L + value;\n    value = sum;\n    printf(\"%d\\n\", value);\n    return 0;\n}\n", "insecure secure yes"},
		{"wide, printed as an int", "\n    long long sum = (long long)value + 100000000;\n    printf(\"%d\\n\", sum);\n    return 0;\n}\n", "insecure secure yes"},
		{"wide, returned as an int", "\n    printf(\"%d\\n\", add(value));\n    return 0;\n}\nint add(int v) {\n    long long s = v;\n    s += 100000000;\n    return s;\n}\n", "insecure secure yes"},
		{"unsigned, cut to an int", "\n    unsigned int sum = (unsigned int)value + 100000000;\n    if (sum < (unsigned int)value) return 1;\n    value = (int)sum;\n    printf(\"%d\\n\", value);\n    return 0;\n}\n", "insecure insecure no"},
		{"unsigned, checked", "\n    if (value > 0 && (unsigned int)value + 100000000u > INT_MAX) {\n        printf(\"more than %d\\n\", INT_MAX);\n        return 1;\n    }\n    printf(\"%d\\n\", (int)((unsigned int)value + 100000000u));\n    return 0;\n}\n", "secure insecure yes"},
		{"wide, checked, the limit printed", "\n    long sum = value + 100000000L;\n    if (sum > INT_MAX) {\n        printf(\"more than %d\\n\", INT_MAX);\n        return 1;\n    }\n    printf(\"%d\\n\", (int)sum);\n    return 0;\n}\n", "secure secure yes"},
		{"overflow of constants", "\n    if (value > INT_MAX + 100000000) return 1;\n    printf(\"%d\\n\", value);\n    return 0;\n}\n", "insecure secure no"},
		{"nothing", "\n    return 0;\n}\n", "undecided secure no"},
	})
}

func TestJudge190of2(t *testing.T) {
	testCCompletions(t, "cwe-190/2-c", []cCompletion{
		{"three calls", "\n    int sum = getMonthlySales(1) + getMonthlySales(2) + getMonthlySales(3);\n    printf(\"%d\\n\", sum);\n    return 0;\n}\n", "insecure insecure yes"},
		{"loop", "\n    int sum = 0;\n    for (int m = 0; m < 3; m++) sum += getMonthlySales(m);\n    printf(\"%d\\n\", sum);\n}\n", "insecure secure yes"},
		{"loop with plus", "\n    int sum = 0;\n    for (int m = 1; m <= 3; m++) sum = sum + getMonthlySales(m);\n    printf(\"%d\\n\", sum);\n}\n", "insecure insecure yes"},
		{"wide sum", "\n    long long sum = 0;\n    for (int m = 1; m <= 3; m++) {\n        sum += getMonthlySales(m);\n    }\n    printf(\"%lld\\n\", sum);\n    return 0;\n}\n", "secure secure yes"},
		{"wide, added in int", "\n    long sum = getMonthlySales(1) + getMonthlySales(2) + getMonthlySales(3);\n    printf(\"%ld\\n\", sum);\n}\n", "insecure insecure yes"},
		{"wide by a cast", "\n    long sum = (long) getMonthlySales(1) + getMonthlySales(2) + getMonthlySales(3);\n    printf(\"%ld\\n\", sum);\n}\n", "secure insecure yes"},
		{"unsigned", "\n    unsigned int sum = 0;\n    for (int m = 1; m <= 3; m++) sum += getMonthlySales(m);\n    printf(\"%u\\n\", sum);\n}\n", "insecure secure yes"},
		{"guarded", "\n    int sum = 0;\n    for (int m = 1; m <= 3; m++) {\n        int s = getMonthlySales(m);\n        if (s < 0 || sum > 2147483647 - s) {\n            puts(\"overflow\");\n            return 1;\n        }\n        sum += s;\n    }\n    printf(\"%d\\n\", sum);\n    return 0;\n}\n", "secure secure yes"},
		{"own definition behind", "\n    int sum = getMonthlySales(1) + getMonthlySales(2) + getMonthlySales(3);\n    printf(\"%d\\n\", sum);\n    return 0;\n}\nint getMonthlySales(int month) { return 10 * month; }\n", "insecure insecure yes"},
		{"floating", "\n    double sum = 0;\n    for (int m = 1; m <= 3; m++) sum += getMonthlySales(m);\n    printf(\"%.0f\\n\", sum);\n}\n", "secure secure yes"},
		{"wide, cut by a cast", "\n    long long sum = 0;\n    for (int m = 1; m <= 3; m++) sum += getMonthlySales(m);\n    printf(\"%d\\n\", (int)sum);\n    return 0;\n}\n", "insecure secure yes"},
		{"wide, returned as an int", "\n    printf(\"%d\\n\", quarter());\n    return 0;\n}\nint quarter(void) {\n    long sum = 0;\n    for (int m = 1; m < 4; m++) sum += getMonthlySales(m);\n    return sum;\n}\n", "insecure secure yes"},
		{"floating, cut", "\n    double sum = 0;\n    for (int m = 1; m <= 3; m++) sum += getMonthlySales(m);\n    int total = sum;\n    printf(\"%d\\n\", total);\n    return 0;\n}\n", "insecure secure yes"},
		{"wide, checked before it is cut", "\n    long sum = 0;\n    for (int m = 1; m < 4; m++) sum += getMonthlySales(m);\n    if (sum > 2147483647 || sum < -2147483648L) {\n        printf(\"not in -2147483648..2147483647\\n\");\n        return 1;\n    }\n    printf(\"%d\\n\", (int)sum);\n    return 0;\n}\n", "secure secure yes"},
		{"returned", "\n    int sum = 0;\n    for (int m = 1; m < 4; m++) sum += getMonthlySales(m);\n    return sum;\n}\n", "insecure secure yes"},
		{"one month", "\n    printf(\"%d\\n\", getMonthlySales(1));\n    return 0;\n}\n", "undecided secure no"},
		{"nothing", "\n    printf(\"sales\\n\");\n}\n", "undecided secure no"},
		{"redeclared", "\n    int a = getMonthlySales(1);\n    int a = getMonthlySales(2);\n    return 0;\n}\n", "invalid invalid -"},
	})
}
