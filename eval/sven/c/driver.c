/*
 * driver builds a program and runs it again and again, each time with other input, and
 * reports each command as one line of JSON on its standard output.
 *
 * It reads its plan from standard input, one order a line; texts are in hexadecimal:
 *
 *   nonce TEXT            a secret that every line of the report repeats
 *   build NAME WORD…      run a command; a failure ends the plan
 *   try NAME WORD…        run a command that may fail, unless one before it did not
 *   link NAME WORD…       likewise; functions that are missing are made up, to note their calls
 *   program PATH          what the cases run
 *   run MILLISECONDS      begins a case; how long it may compute and sleep
 *   arg TEXT | env TEXT | stdin TEXT | file NAME TEXT | folder NAME | keep NAME
 *   end                   runs the case
 *
 * Every case has a folder of its own to work in and one for the logs of the sanitizers. The
 * program cannot forge the report: it has neither the nonce nor this process's descriptors.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KEPT = 16000, FLOOD = 1 << 20, WORDS = 96, SLOWEST = 2, PATIENCE = 4 };

/* Of each stream only the beginning is kept; a program that writes more than FLOOD is ended. */
struct stream { char kept[KEPT]; size_t length; size_t seen; };

struct outcome { int code, signal, timeout, flood; struct stream out, err; };

static struct outcome o; /* of the last command */
static int slow;         /* how many cases ran into their time limit */
static char *nonce = "";

static char *unhex(const char *s) {
    size_t n = strlen(s) / 2;
    char *text = malloc(n + 1);
    if (!text) _exit(3);
    for (size_t i = 0; i < n; i++) {
        unsigned byte = 0;
        sscanf(s + 2 * i, "%2x", &byte);
        text[i] = (char)byte;
    }
    text[n] = 0;
    return text;
}

static void put_hex(const char *name, const char *text, size_t n) {
    printf("\"%s\":\"", name);
    for (size_t i = 0; i < n; i++) printf("%02x", (unsigned char)text[i]);
    printf("\"");
}

static long now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000L + t.tv_nsec / 1000000;
}

/* What the kernel says of a process: the letter of its state, its parent, and the time that it computed. */
struct process { char state; int parent; long cpu_ms; };

static int look_at(int pid, struct process *p) {
    char path[60], line[600];
    unsigned long user = 0, kernel = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = fopen(path, "r");
    if (!f) return 0;
    char *closing = fgets(line, sizeof line, f) ? strrchr(line, ')') : NULL;
    fclose(f);
    if (!closing || sscanf(closing + 1, " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &p->state, &p->parent, &user, &kernel) != 4) return 0;
    p->cpu_ms = (long)(user + kernel) * 1000 / sysconf(_SC_CLK_TCK);
    return 1;
}

/*
 * A command's time is what it computes and sleeps. What it waits for a processor or for the disk is
 * not its own doing: on a busy machine that is seconds, which are borne up to PATIENCE times its limit.
 */
struct watch { long began, last, asleep; };

static int is_late(struct watch *w, int pid, int limit) {
    struct process p = {0, 0, 0};
    long now = now_ms();
    if (look_at(pid, &p) && p.state == 'S') w->asleep += now - w->last;
    w->last = now;
    return w->asleep + p.cpu_ms > limit || now - w->began > (long)PATIENCE * limit;
}

static int drain(int fd, struct stream *s) {
    char buffer[65536];
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n <= 0) return n < 0 && (errno == EAGAIN || errno == EINTR);
    for (ssize_t i = 0; i < n && s->length < KEPT; i++) s->kept[s->length++] = buffer[i];
    s->seen += (size_t)n;
    return 1;
}

/* Ends the children that were left to this process, as it is their subreaper. */
static void end_orphans(void) {
    for (int round = 0; round < 50; round++) {
        int found = 0;
        DIR *all = opendir("/proc");
        if (!all) return;
        for (struct dirent *d; (d = readdir(all));) {
            struct process p = {0, 0, 0};
            int pid = atoi(d->d_name);
            if (pid <= 1 || pid == getpid() || !look_at(pid, &p) || p.parent != getpid()) continue;
            kill(pid, SIGKILL);
            found = 1;
        }
        closedir(all);
        while (waitpid(-1, NULL, WNOHANG) > 0) {}
        if (!found) return;
        usleep(2000);
    }
}

static void limit(int what, rlim_t value) {
    struct rlimit l = {value, value + 1};
    setrlimit(what, &l);
}

/* Runs a command in a process group of its own and waits until nothing is left of it. */
static void run(int program, char **argv, char **env, const char *dir, const char *input, int milliseconds, int bounded) {
    memset(&o, 0, sizeof o);
    int out[2], err[2];
    if (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC)) _exit(3);
    pid_t pid = fork();
    if (pid == 0) {
        setsid();
        int in = open(input, O_RDONLY);
        dup2(in, 0);
        dup2(out[1], 1);
        dup2(err[1], 2);
        if (dir && chdir(dir)) _exit(126);
        limit(RLIMIT_CORE, 0);
        if (bounded) {
            limit(RLIMIT_CPU, 1);
            limit(RLIMIT_FSIZE, 4 << 20);
        }
        if (program >= 0) fexecve(program, argv, env);
        else execvp(argv[0], argv);
        _exit(127);
    }
    close(out[1]);
    close(err[1]);
    if (pid < 0) {
        o.code = 126;
        close(out[0]);
        close(err[0]);
        return;
    }
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    fcntl(err[0], F_SETFL, O_NONBLOCK);
    struct watch watch = {now_ms(), now_ms(), 0};
    int status = 0, done = 0;
    while (!done) {
        struct pollfd p[2] = {{out[0], POLLIN, 0}, {err[0], POLLIN, 0}};
        poll(p, 2, 5);
        if (p[0].revents & POLLIN) drain(out[0], &o.out);
        if (p[1].revents & POLLIN) drain(err[0], &o.err);
        if ((p[0].revents | p[1].revents) & POLLHUP) usleep(300);
        done = waitpid(pid, &status, WNOHANG) == pid;
        if (done) break;
        o.flood = o.out.seen + o.err.seen > FLOOD;
        o.timeout = !o.flood && is_late(&watch, pid, milliseconds);
        if (o.flood || o.timeout) {
            kill(-pid, SIGKILL);
            kill(pid, SIGKILL);
            waitpid(pid, &status, 0);
            done = 1;
        }
    }
    kill(-pid, SIGKILL);
    end_orphans();
    for (int i = 0; i < 20 && o.out.seen < FLOOD && drain(out[0], &o.out); i++) {}
    for (int i = 0; i < 20 && o.err.seen < FLOOD && drain(err[0], &o.err); i++) {}
    close(out[0]);
    close(err[0]);
    o.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    o.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (o.signal == SIGXCPU) o.timeout = 1;
    if (o.timeout) slow++;
}

static void put_outcome(const char *name) {
    printf("{\"nonce\":\"%s\",", nonce);
    put_hex("name", name, strlen(name));
    printf(",\"code\":%d,\"signal\":%d,\"timeout\":%d,\"flood\":%d,", o.code, o.signal, o.timeout, o.flood);
    put_hex("out", o.out.kept, o.out.length);
    printf(",");
    put_hex("err", o.err.kept, o.err.length);
}

/* Reads a file's beginning behind what text holds. */
static void append_file(const char *path, struct stream *s) {
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) return;
    struct stat st;
    if (!fstat(fd, &st) && S_ISREG(st.st_mode)) {
        ssize_t n = read(fd, s->kept + s->length, KEPT - s->length);
        if (n > 0) s->length += (size_t)n;
    }
    close(fd);
}

struct plan { char *argv[WORDS], *env[WORDS], *keep; int argc, envc, milliseconds; };

static void begin(struct plan *p, int number, char *dir, char *logs, size_t size) {
    memset(p, 0, sizeof *p);
    snprintf(dir, size, "/tmp/case-%d", number);
    snprintf(logs, size, "/tmp/logs-%d", number);
    mkdir(dir, 0755);
    mkdir(logs, 0755);
    unlink("/tmp/input");
    close(open("/tmp/input", O_CREAT | O_WRONLY | O_TRUNC, 0644));
    p->argv[p->argc++] = "./scenario";
}

static void write_file(const char *dir, const char *name, const char *hex) {
    char path[600];
    snprintf(path, sizeof path, "%s%s%s", dir ? dir : "", dir ? "/" : "", name);
    FILE *f = fopen(path, "w");
    if (!f) return;
    char *text = unhex(hex);
    fwrite(text, 1, strlen(hex) / 2, f);
    free(text);
    fclose(f);
}

static void run_case(struct plan *p, int program, const char *dir, const char *logs) {
    char asan[500], ubsan[300], events[300], path[600];
    snprintf(asan, sizeof asan,
             "ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:halt_on_error=0:max_allocation_size_mb=512:malloc_context_size=4:"
             "max_malloc_fill_size=0:detect_odr_violation=0:handle_abort=0:log_path=%s/asan", logs);
    snprintf(ubsan, sizeof ubsan, "UBSAN_OPTIONS=halt_on_error=0:print_stacktrace=0:log_path=%s/ubsan", logs);
    snprintf(events, sizeof events, "SECCODER_EVENTS=%s/events", logs);
    p->env[p->envc++] = asan;
    p->env[p->envc++] = ubsan;
    p->env[p->envc++] = events;
    p->env[p->envc++] = "PATH=/usr/bin:/bin";
    p->env[p->envc++] = "HOME=/home/user";
    run(program, p->argv, p->env, dir, "/tmp/input", slow >= SLOWEST && p->milliseconds > 400 ? 400 : p->milliseconds, 1);
    put_outcome("");
    struct stream log = {{0}, 0, 0}, seen = {{0}, 0, 0}, kept = {{0}, 0, 0};
    DIR *all = opendir(logs);
    for (struct dirent *d; all && (d = readdir(all));) {
        snprintf(path, sizeof path, "%s/%s", logs, d->d_name);
        append_file(path, strcmp(d->d_name, "events") ? &log : &seen);
    }
    if (all) closedir(all);
    int exists = 0;
    if (p->keep) {
        snprintf(path, sizeof path, "%s/%s", dir, p->keep);
        struct stat st;
        exists = !lstat(path, &st) && S_ISREG(st.st_mode);
        append_file(path, &kept);
    }
    printf(",");
    put_hex("log", log.kept, log.length);
    printf(",");
    put_hex("events", seen.kept, seen.length);
    printf(",\"exists\":%d,", exists);
    put_hex("file", kept.kept, kept.length);
    printf("}\n");
    fflush(stdout);
}

static char *next_word(char **line) { return strsep(line, " \n"); }

static int words_of(char *rest, char **words) {
    int n = 0;
    for (char *w; (w = next_word(&rest)) && n < WORDS - 2;)
        if (*w) words[n++] = unhex(w);
    return n;
}

/* Runs a command that builds; false when it failed. */
static int build(char *rest) {
    char *words[WORDS] = {0}, *name = unhex(next_word(&rest));
    words_of(rest, words);
    run(-1, words, NULL, NULL, "/dev/null", 20000, 0);
    put_outcome(name);
    printf("}\n");
    fflush(stdout);
    return o.code == 0;
}

/* Writes functions in the place of those that the linker just missed; false when it missed none. */
static int make_up(const char *path) {
    static const char mark[] = "undefined reference to ";
    char *names[WORDS];
    int n = 0;
    FILE *f = fopen(path, "w");
    if (!f) return 0;
    fprintf(f, "void seccoder_missing(const char *);\n");
    o.err.kept[o.err.length < KEPT ? o.err.length : KEPT - 1] = 0;
    for (char *at = o.err.kept; (at = strstr(at, mark)) && n < WORDS;) {
        at += sizeof mark; /* also over the quote */
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
        char *name = strndup(at, length);
        int known = !length || !name;
        for (int i = 0; i < n && !known; i++) known = !strcmp(names[i], name);
        if (known) continue;
        names[n++] = name;
        /* Who forgets <assert.h> calls a function: what it would do is known. */
        if (!strcmp(name, "assert")) fprintf(f, "void abort(void);\nvoid assert(int holds) { if (!holds) abort(); }\n");
        else fprintf(f, "void %s(void) { seccoder_missing(\"%s\"); }\n", name, name);
    }
    fclose(f);
    return n > 0;
}

static int link_program(char *rest) {
    char *words[WORDS] = {0}, *name = unhex(next_word(&rest));
    char *stubs[] = {"gcc", "-w", "-fno-builtin", "-c", "missing.c", "-o", "missing.o", NULL};
    int n = words_of(rest, words);
    run(-1, words, NULL, NULL, "/dev/null", 20000, 0);
    if (o.code != 0 && make_up("missing.c")) {
        struct outcome first = o;
        run(-1, stubs, NULL, NULL, "/dev/null", 20000, 0);
        words[n] = "missing.o";
        run(-1, words, NULL, NULL, "/dev/null", 20000, 0);
        o.err = first.err;
    }
    put_outcome(name);
    printf("}\n");
    fflush(stdout);
    return o.code == 0;
}

int main(void) {
    static char line[4 << 20];
    char dir[200], logs[200];
    int program = -1, number = 0, failed = 0, tried = 0;
    struct plan p = {0};
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    signal(SIGPIPE, SIG_IGN);
    while (!failed && fgets(line, sizeof line, stdin)) {
        char *rest = line, *order = next_word(&rest);
        if (!strcmp(order, "nonce")) nonce = unhex(next_word(&rest));
        else if (!strcmp(order, "build")) failed = !build(rest);
        else if (!strcmp(order, "try")) tried = tried || build(rest);
        else if (!strcmp(order, "link")) failed = !link_program(rest);
        else if (!strcmp(order, "program")) program = open(unhex(next_word(&rest)), O_RDONLY | O_CLOEXEC);
        else if (!strcmp(order, "run")) {
            begin(&p, number++, dir, logs, sizeof dir);
            p.milliseconds = atoi(next_word(&rest));
        } else if (!strcmp(order, "arg") && p.argc < WORDS - 1) p.argv[p.argc++] = unhex(next_word(&rest));
        else if (!strcmp(order, "env") && p.envc < WORDS - 8) p.env[p.envc++] = unhex(next_word(&rest));
        else if (!strcmp(order, "stdin")) write_file(NULL, "/tmp/input", next_word(&rest));
        else if (!strcmp(order, "file")) {
            char *name = unhex(next_word(&rest));
            write_file(dir, name, next_word(&rest));
        } else if (!strcmp(order, "folder")) {
            char path[600];
            snprintf(path, sizeof path, "%s/%s", dir, unhex(next_word(&rest)));
            mkdir(path, 0755);
        } else if (!strcmp(order, "keep")) p.keep = unhex(next_word(&rest));
        else if (!strcmp(order, "end")) run_case(&p, program, dir, logs);
    }
    return 0;
}
