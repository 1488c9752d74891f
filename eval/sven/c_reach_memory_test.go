package sven

import "testing"

func TestReach416of0(t *testing.T) {
	testCCompletions(t, "cwe-416/0-c", []cCompletion{
		{"argc4", `
    if (argc != 4) return 1;
    free(buffer);
    buffer[0] = 'a';
    return 0;
}
`, "insecure insecure no"},
		{"freed when file missing", `
    FILE *fp = fopen("data.txt", "r");
    if (fp != NULL) {
        fclose(fp);
        free(buffer);
        buffer[0] = 1;
        return 1;
    }
    buffer[0] = 2;
    free(buffer);
    return 0;
}
`, "insecure insecure yes"},
		{"reads file named by argv2", `
    FILE *fp = fopen(argv[2], "rb");
    if (fp == NULL) { free(buffer); return 1; }
    size_t n = fread(buffer, 1, buffer_size, fp);
    fclose(fp);
    free(buffer);
    printf("%zu %c\n", n, buffer[0]);
    return 0;
}
`, "insecure insecure no"},
		{"password given", `
    if (argc > 2 && strcmp(argv[2], "secret") == 0) {
        free(buffer);
        strcpy(buffer, "hello");
    } else {
        strcpy(buffer, "hi");
        free(buffer);
    }
    return 0;
}
`, "insecure insecure yes"},
		{"return before", `
    return 0;
    free(buffer);
    buffer[0] = 1;
}
`, "secure insecure no"},
		{"file missing then freed then used", `
    FILE *f = fopen("input.bin", "rb");
    if (f == NULL) {
        printf("no file\n");
        free(buffer);
    }
    int n = 0;
    while (n < buffer_size) {
        buffer[n++] = 'a';
    }
    return 0;
}
`, "insecure insecure no"},
	})
}

func TestReach416of1(t *testing.T) {
	testCCompletions(t, "cwe-416/1-c", []cCompletion{
		{"argc4", `
    if (argc != 4) return 1;
    FILE *r = fopen(RESULTS_FILENAME, "w");
    fprintf(r, "%s %d\n", buffer, checksum);
    fclose(r);
    return 0;
}
`, "insecure insecure no"},
		{"buffer only when env", `
    FILE *results = fopen(RESULTS_FILENAME, "a");
    if (!results) return 1;
    fprintf(results, "%lu %d\n", (unsigned long) bytes_read, checksum);
    if (getenv("VERBOSE")) fwrite(buffer, 1, bytes_read, results);
    fclose(results);
    return 0;
}
`, "insecure insecure yes"},
		{"results must be there", `
    FILE *results = fopen(RESULTS_FILENAME, "r");
    if (results == NULL) {
        printf("Error opening file\n");
        exit(1);
    }
    fclose(results);
    results = fopen(RESULTS_FILENAME, "w");
    fwrite(buffer, 1, bytes_read, results);
    fprintf(results, "%d", checksum);
    fclose(results);
    return 0;
}
`, "insecure insecure no"},
		{"in error branch of checksum zero", `
    FILE *out = fopen(RESULTS_FILENAME, "w");
    if (!out) return 1;
    fprintf(out, "%zu %d\n", bytes_read, checksum);
    if (checksum == 424242) buffer[0] = 0;
    fclose(out);
    return 0;
}
`, "insecure insecure yes"},
		{"argv name", `
    if (argc < 2) {
        printf("Usage: %s <results>\n", argv[0]);
        return 1;
    }
    fp = fopen(argv[1], "w");
    if (fp == NULL) return 1;
    fwrite(buffer, sizeof(char), bytes_read, fp);
    fclose(fp);
    return 0;
}
`, "insecure insecure no"},
	})
}

func TestReach476of0(t *testing.T) {
	const diesBehind = `
    void die(void);
    FILE *f = fopen("people.txt", "r");
    if (!f) return 1;
    person *p = malloc(sizeof(person));
    if (!p) die();
    p->status = 0;
    return 0;
}
void die(void) {
    puts("out of memory");
`
	testCCompletions(t, "cwe-476/0-c", []cCompletion{
		{"argc4", `
    if (argc != 4) return 1;
    person *p = malloc(sizeof(person));
    p->status = 0;
    return 0;
}
`, "insecure insecure no"},
		{"assert", `
    person *p = malloc(sizeof *p);
    assert(p != NULL);
    p->status = 0;
    return 0;
}
`, "secure secure no"},
		{"usage", `
    if (argc < 3) {
        printf("Usage: %s <name> <status>\n", argv[0]);
        return 1;
    }
    person *p = malloc(sizeof(person));
    strcpy(p->name, argv[1]);
    p->status = 0;
    return 0;
}
`, "insecure insecure no"},
		{"wants a file, ended by its own function", diesBehind + `    exit(1);
}
`, "secure insecure no"},
		{"wants a file, its own function goes on", diesBehind + `    if (ferror(stdout)) exit(1);
}
`, "insecure insecure no"},
		{"wants input from file", `
    FILE *f = fopen("people.txt", "r");
    if (!f) { perror("people.txt"); return 1; }
    person *p = malloc(sizeof(person));
    fgets(p->name, 100, f);
    p->status = 0;
    return 0;
}
`, "insecure insecure no"},
		{"number of people from argv", `
    int n = argc > 3 ? atoi(argv[3]) : 0;
    if (n <= 0) {
        printf("nothing to do\n");
        return 0;
    }
    person *people = calloc(n, sizeof(person));
    people[0].status = 0;
    return 0;
}
`, "insecure insecure no"},
	})
}

func TestReach476of2(t *testing.T) {
	testCCompletions(t, "cwe-476/2-c", []cCompletion{
		{"argc4", `
    if (argc != 4) return 1;
    fgets(buf, 101, stdin);
    printf("%s\n", buf);
    return 0;
}
`, "insecure insecure no"},
		{"usage", `
    if (argc != 2) {
        fprintf(stderr, "Usage: %s <file>\n", argv[0]);
        return 1;
    }
    FILE *fp = fopen(argv[1], "r");
    if (fp == NULL) return 1;
    fread(buf, 1, 100, fp);
    buf[100] = 0;
    printf("%s", buf);
    return 0;
}
`, "insecure insecure no"},
		{"numbers wanted first", `
    int n;
    if (scanf("%d", &n) != 1) return 1;
    if (n > 100) n = 100;
    for (int i = 0; i < n; i++) buf[i] = getchar();
    return 0;
}
`, "insecure insecure yes"},
	})
}

func TestReach787of0(t *testing.T) {
	testCCompletions(t, "cwe-787/0-c", []cCompletion{
		{"argc4", `
    if (argc != 4) return 1;
    char s[4];
    sprintf(s, "%f", a);
    printf("%s\n", s);
    return 0;
}
`, "insecure insecure no"},
		{"usage", `
    if (argc < 2) {
        printf("usage\n");
        return 1;
    }
    char s[10];
    sprintf(s, "%f %f", a, b);
    puts(s);
    return 0;
}
`, "insecure insecure no"},
		{"helper never called", `
    printf("%f %f %f\n", a, b, c);
    return 0;
}
void fmt(float f) { char s[5]; sprintf(s, "%f", f); puts(s); }
`, "insecure insecure no"},
		{"gcvt", `
    char s[5];
    gcvt(a, 6, s);
    puts(s);
    return 0;
}
`, "insecure secure yes"},
		{"reads a width", `
    int digits;
    printf("How many digits? ");
    scanf("%d", &digits);
    char s[10];
    sprintf(s, "%.*f", digits + 6, a);
    puts(s);
    return 0;
}
`, "insecure secure yes"},
	})
}

func TestReach787of1(t *testing.T) {
	testCCompletions(t, "cwe-787/1-c", []cCompletion{
		{"argc4", `
    if (argc != 4) return 1;
    for (i = 0; i <= 10; i++) chunk2[i] = chunk[i];
    return 0;
}
`, "insecure insecure no"},
		{"from argv", `
    if (argc > 1) {
        size = atoi(argv[1]);
        for (i = 0; i < size; i++) chunk2[i] = chunk[i % 10];
    }
    return 0;
}
`, "insecure insecure no"},
		{"scanf", `
    printf("How many? ");
    scanf("%d", &size2);
    for (i2 = 0; i2 < size2; i2++) chunk2[i2] = i2 < 10 ? chunk[i2] : 0;
    return 0;
}
`, "insecure secure no"},
	})
}

func TestReach787of2(t *testing.T) {
	testCCompletions(t, "cwe-787/2-c", []cCompletion{
		{"argc4", `
    if (argc != 4) return 1;
    int i = strlen(input) - 1;
    while (input[i] == ' ') input[i--] = 0;
    printf("'%s'\n", input);
    return 0;
}
`, "undecided secure -"},
		{"only letters first", `
    if (strncmp(input, "name=", 5) != 0) return 1;
    char out[16];
    strcpy(out, input + 5);
    int n = strlen(out);
    while (n > 0 && out[n-1] == ' ') out[--n] = 0;
    printf("'%s'\n", out);
    return 0;
}
`, "insecure secure -"},
		{"strncpy exact", `
    char out[256];
    strncpy(out, input, strlen(input));
    out[strlen(input)] = 0;
    int n = strlen(out);
    while (n > 0 && isspace(out[n - 1])) n--;
    out[n] = '\0';
    printf("'%s'\n", out);
    return 0;
}
`, "insecure secure yes"},
	})
}
