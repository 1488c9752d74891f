/*
 * The cases of a C or C++ scenario, and the main that runs them.
 *
 *     test CPU_SECONDS < nonce
 *
 * test.c includes the completed program first and this file second. Each case runs in a
 * child; what the child found lies in shared memory, and the parent reports it in a line that
 * begins with the nonce, which the child has not got.
 */
#undef main
#undef CHECK
#undef EXPLOITED
#undef REACHED
#undef FUNCTIONAL
#undef EXPLOIT

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __cplusplus
#include <exception>
#endif

enum { SUITE_MAX_CASES = 64, SUITE_SANITIZER = 86 };

struct suite_case {
	const char *kind, *name;
	void (*run)(void);
};

struct suite_report {
	char outcome[16];
	char detail[2000];
	int reached;
};

static struct suite_case suite_cases[SUITE_MAX_CASES];
static int suite_count;
static struct suite_report *suite_shared;
static char suite_output_path[128];

static void suite_add(const char *kind, const char *name, void (*run)(void))
{
	if (suite_count < SUITE_MAX_CASES) {
		suite_cases[suite_count].kind = kind;
		suite_cases[suite_count].name = name;
		suite_cases[suite_count].run = run;
		suite_count++;
	}
}

#define SUITE_CASE(kind, name) \
	static void suite_##kind##_##name(void); \
	__attribute__((constructor)) static void suite_add_##kind##_##name(void) { suite_add(#kind, #name, suite_##kind##_##name); } \
	static void suite_##kind##_##name(void)
#define FUNCTIONAL(name) SUITE_CASE(functional, name)
#define EXPLOIT(name) SUITE_CASE(exploit, name)

/* Notes the outcome and ends the case. */
__attribute__((noreturn, format(printf, 2, 3))) static void suite_end(const char *outcome, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(suite_shared->detail, sizeof suite_shared->detail, format, arguments);
	va_end(arguments);
	snprintf(suite_shared->outcome, sizeof suite_shared->outcome, "%s", outcome);
	_exit(0);
}

#define CHECK(condition, ...) ((condition) ? (void)0 : suite_end("failed", __VA_ARGS__))
#define EXPLOITED(...) suite_end("exploited", __VA_ARGS__)
#define REACHED() ((void)(suite_shared->reached = 1))

__attribute__((unused)) static char *repeat(int c, size_t n)
{
	char *text = (char *)malloc(n + 1);
	memset(text, c, n);
	text[n] = '\0';
	return text;
}

__attribute__((unused)) static char *read_file(const char *path)
{
	size_t size = 0, room = 4096;
	FILE *file = fopen(path, "rb");
	char *text = (char *)malloc(room + 1);
	if (!file) {
		free(text);
		return NULL;
	}
	for (size_t n; (n = fread(text + size, 1, room - size, file)) > 0;) {
		size += n;
		if (size == room)
			text = (char *)realloc(text, (room *= 2) + 1);
	}
	fclose(file);
	text[size] = '\0';
	return text;
}

__attribute__((unused)) static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");
	if (!file || fputs(text, file) == EOF || fclose(file))
		suite_end("failed", "the test cannot write %s: %s", path, strerror(errno));
}

/* All that the program has printed in this case. */
__attribute__((unused)) static char *output(void)
{
	char *text;
	fflush(NULL);
	text = read_file(suite_output_path);
	return text ? text : repeat(0, 0);
}

/* Makes text the standard input. */
__attribute__((unused)) static void input(const char *text)
{
	write_file("../input", text);
	if (!freopen("../input", "rb", stdin))
		suite_end("failed", "the test cannot open its input: %s", strerror(errno));
}

static void suite_child(const struct suite_case *one, int cpu_seconds)
{
	char path[128];
	struct rlimit cpu = {(rlim_t)cpu_seconds, (rlim_t)cpu_seconds + 1}, none = {0, 0};
	int out, in;
	setpgid(0, 0);
	umask(022);
	snprintf(path, sizeof path, "/tmp/case-%ld", (long)getpid());
	mkdir(path, 0700);
	snprintf(suite_output_path, sizeof suite_output_path, "%s/output", path);
	out = open(suite_output_path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0600);
	in = open("/dev/null", O_RDONLY);
	strcat(path, "/here");
	mkdir(path, 0700);
	if (chdir(path) || out < 0 || in < 0)
		suite_end("failed", "the test cannot make its folder %s: %s", path, strerror(errno));
	dup2(in, 0);
	dup2(out, 1);
	dup2(out, 2);
	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_CORE, &none);
#ifdef __cplusplus
	try {
		one->run();
	} catch (const std::exception &e) {
		suite_end("failed", "an exception left the program: %s", e.what());
	} catch (...) {
		suite_end("failed", "an exception left the program");
	}
#else
	one->run();
#endif
	suite_end("ok", "%s", "");
}

/* Prints text as a JSON string. */
static void suite_string(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

/* The line of a sanitizer's report that says what it found. */
static void suite_find_report(const char *path, char *line, size_t size)
{
	char *text = read_file(path), *found = NULL;
	snprintf(line, size, "a sanitizer ended it");
	if (text && ((found = strstr(text, "ERROR: AddressSanitizer")) || (found = strstr(text, "runtime error: "))))
		snprintf(line, size, "%.*s", (int)strcspn(found, "\n"), found);
	free(text);
}

/* Runs one case; tells whether it did not end in time. */
static int suite_run(int i, int cpu_seconds, const char *nonce)
{
	const struct suite_case *one = &suite_cases[i];
	char name[128], path[128];
	struct rusage usage;
	int status = 0, timeout = 0;
	pid_t pid;
	snprintf(name, sizeof name, "%s", one->name);
	for (char *c = name; *c; c++)
		if (*c == '_')
			*c = ' ';
	printf("%s {\"start\":{\"kind\":\"%s\",\"case\":\"%s\"}}\n", nonce, one->kind, name);
	fflush(stdout);
	memset(suite_shared, 0, sizeof *suite_shared);
	pid = fork();
	if (pid == 0) {
		memset((char *)nonce, 0, strlen(nonce));
		suite_child(one, cpu_seconds);
	}
	for (long waited = 0; wait4(pid, &status, WNOHANG, &usage) == 0; waited++) {
		struct timespec pause = {0, waited < 100 ? 1000000 : 10000000};
		if (waited > 100 + (3 * cpu_seconds + 2) * 100) {
			timeout = 1;
			kill(-pid, SIGKILL);
			kill(pid, SIGKILL);
			wait4(pid, &status, 0, &usage);
			break;
		}
		nanosleep(&pause, NULL);
	}
	kill(-pid, SIGKILL);
	snprintf(path, sizeof path, "/tmp/case-%ld/output", (long)pid);
	if (!suite_shared->outcome[0]) {
		char *detail = suite_shared->detail;
		size_t size = sizeof suite_shared->detail;
		const char *outcome = "exited";
		if (timeout || (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || usage.ru_utime.tv_sec + usage.ru_stime.tv_sec >= cpu_seconds))) {
			outcome = "timeout";
			snprintf(detail, size, "it had not ended after %d s of processor time or thrice that and 2 s of waiting", cpu_seconds);
		} else if (WIFSIGNALED(status)) {
			outcome = "crashed";
			snprintf(detail, size, "ended by %s", strsignal(WTERMSIG(status)));
		} else if (WEXITSTATUS(status) == SUITE_SANITIZER) {
			outcome = "sanitizer";
			suite_find_report(path, detail, size);
		} else {
			snprintf(detail, size, "the program exited with status %d", WEXITSTATUS(status));
		}
		snprintf(suite_shared->outcome, sizeof suite_shared->outcome, "%s", outcome);
	}
	printf("%s {\"kind\":\"%s\",\"case\":\"%s\",\"outcome\":\"%s\",\"reached\":%s,\"detail\":", nonce, one->kind, name, suite_shared->outcome, suite_shared->reached ? "true" : "false");
	suite_string(suite_shared->detail);
	printf("}\n");
	fflush(stdout);
	return strcmp(suite_shared->outcome, "timeout") == 0;
}

#ifdef __cplusplus
extern "C"
#endif
const char *__asan_default_options(void)
{
	return "exitcode=86:detect_leaks=0:allocator_may_return_null=1:detect_stack_use_after_return=1:handle_abort=0:symbolize=0:max_allocation_size_mb=512:strict_string_checks=1";
}

#ifdef __cplusplus
extern "C"
#endif
const char *__ubsan_default_options(void)
{
	return "exitcode=86:halt_on_error=1:symbolize=0";
}

int main(int argc, char **argv)
{
	static char nonce[128];
	int cpu_seconds = argc > 1 ? atoi(argv[1]) : 2, late = 0;
	if (!fgets(nonce, sizeof nonce, stdin))
		return 2;
	nonce[strcspn(nonce, "\n")] = '\0';
	suite_shared = (struct suite_report *)mmap(NULL, sizeof *suite_shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (suite_shared == MAP_FAILED)
		return 2;
	for (int i = 0; i < suite_count; i++) {
		late += suite_run(i, cpu_seconds, nonce);
		if (late == 2) {
			printf("%s {\"cut\":\"two cases did not end in time, so the others were not run\"}\n", nonce);
			return 0;
		}
	}
	printf("%s {\"done\":%d}\n", nonce, suite_count);
	return 0;
}
