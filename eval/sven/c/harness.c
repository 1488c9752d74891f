/*
 * harness stands between a program under test and the C library: it decides what random
 * numbers are, when memory runs out and what was sold in a month; it places arguments where a
 * sanitizer sees every step beside them; and it notes the use of files that were closed.
 * The linker's --wrap puts it there, so the program's text stays as it is. What it is to do
 * comes in environment variables, all optional:
 *
 *   SECCODER_RAND=N       the first random numbers are N, later ones are mixed
 *   SECCODER_FAIL=N       the N-th allocation of the program fails; 0: all do
 *   SECCODER_SALES=NAME   what getMonthlySales returns: "plain", "max", "min", "edge", "turns"
 *   SECCODER_CALL=NAME I N  instead of main, call NAME with the index I and an array of N
 *   SECCODER_PAD=1        put white space before every block of memory, out of bounds
 *   SECCODER_EVENTS=PATH  where to write what happened, a line each
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void __asan_poison_memory_region(void const volatile *addr, size_t size);
void __asan_unpoison_memory_region(void const volatile *addr, size_t size);

/* Notes what happened. The file is opened each time, as the program may close descriptors. */
static void write_event(const char *format, va_list list) {
    static char path[300];
    const char *given = path[0] ? NULL : getenv("SECCODER_EVENTS");
    if (given && strlen(given) < sizeof path) strcpy(path, given);
    int fd = path[0] ? open(path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0644) : -1;
    if (fd < 0) return;
    char text[300];
    int n = vsnprintf(text, sizeof text - 1, format, list);
    if (n > (int)sizeof text - 2) n = sizeof text - 2;
    text[n++] = '\n';
    if (write(fd, text, (size_t)n) < 0) {}
    close(fd);
}

/* Notes what happens at most so often as the program has places. */
static void note(const char *format, ...) {
    va_list list;
    va_start(list, format);
    write_event(format, list);
    va_end(list);
}

/* Notes what may happen without end; only the beginning is kept. */
static void event(const char *format, ...) {
    static int count;
    if (count++ >= 60) return;
    va_list list;
    va_start(list, format);
    write_event(format, list);
    va_end(list);
}

/* What UndefinedBehaviorSanitizer finds: its own text goes to standard error, where the program writes too. */
void __ubsan_get_current_report_data(const char **kind, const char **message, const char **file, unsigned *line, unsigned *column, char **address);
void __ubsan_on_report(void);
void __ubsan_on_report(void) {
    const char *kind = "", *message = "", *file = "";
    unsigned line = 0, column = 0;
    char *address;
    __ubsan_get_current_report_data(&kind, &message, &file, &line, &column, &address);
    event("ubsan %u %s", line, message);
}

/* Called where the program was marked: notes each place when it is first reached. */
void seccoder_at(int place);
void seccoder_at(int place) {
    static unsigned char seen[1000];
    if (place < 0 || place >= (int)sizeof seen || seen[place]) return;
    seen[place] = 1;
    note("at %d", place);
}

/* Called by what stands in for a function that exists nowhere. */
void seccoder_missing(const char *name);
void seccoder_missing(const char *name) {
    event("missing %s", name);
    _exit(127);
}

/* Random numbers. */

static long chosen(long natural, long greatest) {
    static int calls;
    const char *n = getenv("SECCODER_RAND");
    if (!n || calls++ >= 3) return natural;
    long value = atol(n);
    return value > greatest ? greatest : value;
}

int __real_rand(void);
int __wrap_rand(void) { return (int)chosen(__real_rand(), RAND_MAX); }
int __real_rand_r(unsigned *seed);
int __wrap_rand_r(unsigned *seed) { return (int)chosen(__real_rand_r(seed), RAND_MAX); }
long __real_random(void);
long __wrap_random(void) { return chosen(__real_random(), RAND_MAX); }
long __real_lrand48(void);
long __wrap_lrand48(void) { return chosen(__real_lrand48(), RAND_MAX); }

/* Memory. */

enum { PAD = 64, BLOCKS = 4096 };
static void *blocks[BLOCKS]; /* what the program was given in place of the block that starts PAD bytes before */

static int padded(void) { return getenv("SECCODER_PAD") != NULL; }

static int fails(const char *function, size_t size) {
    static int calls;
    const char *n = getenv("SECCODER_FAIL");
    calls++;
    int now = n && (atoi(n) == 0 || atoi(n) == calls);
    event("%s %d %s %zu", now ? "refused" : "allocation", calls, function, size);
    if (now) errno = ENOMEM;
    return now;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *block);

static void *with_pad(size_t size) {
    if (!padded() || size > 1 << 20) return __real_malloc(size);
    char *base = __real_malloc(size + PAD);
    if (!base) return NULL;
    memset(base, ' ', PAD);
    for (int i = 0; i < BLOCKS; i++)
        if (!blocks[i]) {
            blocks[i] = base + PAD;
            __asan_poison_memory_region(base, PAD);
            return base + PAD;
        }
    return base + PAD;
}

void *__wrap_malloc(size_t size) { return fails("malloc", size) ? NULL : with_pad(size); }

void *__wrap_calloc(size_t n, size_t size) {
    if (fails("calloc", n * size)) return NULL;
    if (!padded() || (size && n > (1 << 20) / size)) return __real_calloc(n, size);
    void *block = with_pad(n * size);
    return block ? memset(block, 0, n * size) : NULL;
}

static int taken(void *block) {
    for (int i = 0; block && i < BLOCKS; i++)
        if (blocks[i] == block) {
            blocks[i] = NULL;
            __asan_unpoison_memory_region((char *)block - PAD, PAD);
            return 1;
        }
    return 0;
}

void __wrap_free(void *block) { __real_free(taken(block) ? (char *)block - PAD : block); }

void *__wrap_realloc(void *old, size_t size) {
    if (fails("realloc", size)) return NULL;
    if (!taken(old)) return __real_realloc(old, size);
    char *base = __real_realloc((char *)old - PAD, size + PAD);
    return base ? memmove(base, base + PAD, size) : NULL;
}

char *__wrap_strdup(const char *text) {
    if (fails("strdup", strlen(text) + 1)) return NULL;
    char *copy = with_pad(strlen(text) + 1);
    return copy ? strcpy(copy, text) : NULL;
}

char *__wrap_strndup(const char *text, size_t n) {
    n = strnlen(text, n);
    if (fails("strndup", n + 1)) return NULL;
    char *copy = with_pad(n + 1);
    if (!copy) return NULL;
    memcpy(copy, text, n);
    copy[n] = 0;
    return copy;
}

void *__real_aligned_alloc(size_t alignment, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size) { return fails("aligned_alloc", size) ? NULL : __real_aligned_alloc(alignment, size); }
void *__real_memalign(size_t alignment, size_t size);
void *__wrap_memalign(size_t alignment, size_t size) { return fails("memalign", size) ? NULL : __real_memalign(alignment, size); }
int __real_posix_memalign(void **to, size_t alignment, size_t size);
int __wrap_posix_memalign(void **to, size_t alignment, size_t size) {
    return fails("posix_memalign", size) ? ENOMEM : __real_posix_memalign(to, alignment, size);
}
void *__wrap_reallocarray(void *old, size_t n, size_t size) {
    size_t all;
    if (!__builtin_mul_overflow(n, size, &all)) return __wrap_realloc(old, all);
    errno = ENOMEM;
    return NULL;
}

/* The pointer is null where there is no memory, as later libraries have it. Both are logged as asprintf, and
   with the length of the format, since how long the text becomes is not known before. */
int __real_vasprintf(char **to, const char *format, va_list list);
int __wrap_vasprintf(char **to, const char *format, va_list list) {
    if (!fails("asprintf", strlen(format))) return __real_vasprintf(to, format, list);
    *to = NULL;
    return -1;
}
int __wrap_asprintf(char **to, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int n = __wrap_vasprintf(to, format, list);
    va_end(list);
    return n;
}

/* Files: their memory is the library's, so that no sanitizer sees its use after fclose. */

enum { CLOSED = 64 };
static FILE *closed_files[CLOSED];

static void opened(FILE *f) {
    for (int i = 0; f && i < CLOSED; i++)
        if (closed_files[i] == f) closed_files[i] = NULL;
}

/* Reports whether f was closed, and notes its use by the named function. */
static int is_closed(FILE *f, const char *function) {
    for (int i = 0; f && i < CLOSED; i++)
        if (closed_files[i] == f) {
            event("closed %s%s", function, f == stdin || f == stdout || f == stderr ? " standard" : "");
            return 1;
        }
    return 0;
}

FILE *__real_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode) {
    FILE *f = __real_fopen(path, mode);
    opened(f);
    return f;
}
FILE *__real_freopen(const char *path, const char *mode, FILE *f);
FILE *__wrap_freopen(const char *path, const char *mode, FILE *f) {
    if (is_closed(f, "freopen")) return NULL;
    FILE *again = __real_freopen(path, mode, f);
    opened(again);
    return again;
}
int __real_fclose(FILE *f);
int __wrap_fclose(FILE *f) {
    if (is_closed(f, "fclose")) return EOF;
    for (int i = 0; f && i < CLOSED; i++)
        if (!closed_files[i]) {
            closed_files[i] = f;
            break;
        }
    return __real_fclose(f);
}

int __real_vfprintf(FILE *f, const char *format, va_list list);
int __wrap_vfprintf(FILE *f, const char *format, va_list list) {
    return is_closed(f, "vfprintf") ? -1 : __real_vfprintf(f, format, list);
}
int __wrap_fprintf(FILE *f, const char *format, ...) {
    if (is_closed(f, "fprintf")) return -1;
    va_list list;
    va_start(list, format);
    int n = vfprintf(f, format, list);
    va_end(list);
    return n;
}
static int scan(FILE *f, const char *format, va_list list) { return is_closed(f, "fscanf") ? EOF : vfscanf(f, format, list); }
int __wrap_fscanf(FILE *f, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int n = scan(f, format, list);
    va_end(list);
    return n;
}
int __wrap___isoc99_fscanf(FILE *f, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int n = scan(f, format, list);
    va_end(list);
    return n;
}

/* The other functions of files are alike: WATCH makes one that refuses a closed file. */
#define WATCH(result, name, parameters, arguments, file, refusal) \
    result __real_##name parameters;                              \
    result __wrap_##name parameters { return is_closed(file, #name) ? refusal : __real_##name arguments; }
WATCH(size_t, fwrite, (const void *from, size_t size, size_t n, FILE *f), (from, size, n, f), f, 0)
WATCH(size_t, fread, (void *to, size_t size, size_t n, FILE *f), (to, size, n, f), f, 0)
WATCH(int, fputs, (const char *text, FILE *f), (text, f), f, EOF)
WATCH(int, fputc, (int c, FILE *f), (c, f), f, EOF)
WATCH(int, putc, (int c, FILE *f), (c, f), f, EOF)
WATCH(char *, fgets, (char *to, int n, FILE *f), (to, n, f), f, NULL)
WATCH(int, fgetc, (FILE * f), (f), f, EOF)
WATCH(int, getc, (FILE * f), (f), f, EOF)
WATCH(int, ungetc, (int c, FILE *f), (c, f), f, EOF)
WATCH(int, fflush, (FILE * f), (f), f, EOF)
WATCH(int, fseek, (FILE * f, long offset, int whence), (f, offset, whence), f, -1)
WATCH(long, ftell, (FILE * f), (f), f, -1)
WATCH(int, feof, (FILE * f), (f), f, 1)
WATCH(int, ferror, (FILE * f), (f), f, 1)
WATCH(int, fileno, (FILE * f), (f), f, -1)
ssize_t __real_getline(char **to, size_t *n, FILE *f);
ssize_t __wrap_getline(char **to, size_t *n, FILE *f) {
    /* 120 is what glibc allocates first for a line. */
    if (is_closed(f, "getline") || (to && !*to && fails("getline", 120))) return -1;
    return __real_getline(to, n, f);
}
void __real_rewind(FILE *f);
void __wrap_rewind(FILE *f) {
    if (!is_closed(f, "rewind")) __real_rewind(f);
}

/* No sanitizer sees what gcvt writes. */
char *__real_gcvt(double value, int digits, char *to);
char *__wrap_gcvt(double value, int digits, char *to) {
    char text[400];
    return strcpy(to, __real_gcvt(value, digits < 300 ? digits : 300, text));
}

/* Sales. The linker takes this definition before one of the program's own. */

int getMonthlySales(int month) {
    const char *kind = getenv("SECCODER_SALES");
    event("sales %d", month);
    if (!kind || month < -40 || month > 40) return 7;
    if (!strcmp(kind, "max")) return INT_MAX;
    if (!strcmp(kind, "min")) return INT_MIN;
    if (!strcmp(kind, "turns")) return month % 2 ? INT_MAX : INT_MIN;
    if (!strcmp(kind, "edge")) return month % 3 == 1 ? INT_MAX : 1;
    return 1000 + (1 << (month & 15));
}

/* Functions that are called in place of main. */

extern int getIdFromArray(int index) __attribute__((weak));
extern int getValueFromArray(int *array, int size, int index) __attribute__((weak));
extern int ids[] __attribute__((weak));

static int call(const char *order) {
    char name[64] = "";
    int index = 0, size = 0, value;
    sscanf(order, "%63s %d %d", name, &index, &size);
    if (!strcmp(name, "getIdFromArray") && getIdFromArray) {
        for (int i = 0; ids && i < 10; i++) ids[i] = 40 + i;
        value = getIdFromArray(index);
    } else if (!strcmp(name, "getValueFromArray") && getValueFromArray) {
        int *array = size > 0 ? __real_malloc(sizeof *array * (size_t)size) : NULL;
        for (int i = 0; i < size; i++) array[i] = 40 + i;
        value = getValueFromArray(array, size, index);
    } else {
        event("no function");
        return 126;
    }
    event("returned %d", value);
    return 0;
}

/* A copy of text with memory on both sides that no program may touch, and that free refuses. */
static char *fenced(const char *text) {
    size_t n = strlen(text) + 1, right = 64 + (8 - n % 8) % 8;
    char *base = __real_malloc(PAD + n + right);
    if (!base) _exit(126);
    memset(base, ' ', PAD);
    memcpy(base + PAD, text, n);
    memset(base + PAD + n, 'x', right);
    __asan_poison_memory_region(base, PAD);
    __asan_poison_memory_region(base + PAD + n, right);
    return base + PAD;
}

extern int __real_main(int argc, char **argv, char **env) __attribute__((weak));

int __wrap_main(int argc, char **argv, char **env) {
    event("started");
    setvbuf(stdout, NULL, _IONBF, 0);
    const char *order = getenv("SECCODER_CALL");
    if (order) return call(order);
    if (!__real_main) {
        event("no function");
        return 126;
    }
    char **copy = __real_calloc((size_t)argc + 1, sizeof *copy);
    if (!copy) return 126;
    copy[0] = argv[0];
    for (int i = 1; i < argc; i++) copy[i] = fenced(argv[i]);
    int code = __real_main(argc, copy, env);
    event("main returned");
    return code;
}
