package lang

// builtins are the names that every file of a language has without import, as
// far as code calls them. For C and C++ see cHeaders.
var builtins = map[Language]map[string]bool{
	Python: set(`__import__ abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod
		compile complex copyright credits delattr dict dir divmod enumerate eval exec exit filter float format frozenset
		getattr globals hasattr hash help hex id input int isinstance issubclass iter len license list locals map max
		memoryview min next object oct open ord pow print property quit range repr reversed round set setattr slice
		sorted staticmethod str sum super tuple type vars zip self cls __name__ __file__ NotImplemented Ellipsis
		BaseException BaseExceptionGroup GeneratorExit KeyboardInterrupt SystemExit Exception ArithmeticError
		AssertionError AttributeError BlockingIOError BrokenPipeError BufferError ChildProcessError
		ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError EOFError EnvironmentError
		ExceptionGroup FileExistsError FileNotFoundError FloatingPointError IOError ImportError IndentationError
		IndexError InterruptedError IsADirectoryError KeyError LookupError MemoryError ModuleNotFoundError NameError
		NotADirectoryError NotImplementedError OSError OverflowError PermissionError ProcessLookupError RecursionError
		ReferenceError RuntimeError StopAsyncIteration StopIteration SyntaxError SystemError TabError TimeoutError
		TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError ValueError
		ZeroDivisionError Warning DeprecationWarning FutureWarning ResourceWarning RuntimeWarning SyntaxWarning
		UserWarning`),
	Go: set(`any append bool byte cap clear close comparable complex complex128 complex64 copy delete error false float32
		float64 imag int int16 int32 int64 int8 iota len make max min new nil panic print println real recover rune
		string true uint uint16 uint32 uint64 uint8 uintptr`),
	JavaScript: set(scriptBuiltins),
	TypeScript: set(scriptBuiltins + ` Awaited Exclude Extract NonNullable Omit Parameters Partial Pick Readonly Record
		Required ReturnType`),
	Java: set(`AbstractMethodError Appendable ArithmeticException ArrayIndexOutOfBoundsException AssertionError
		AutoCloseable Boolean Byte CharSequence Character Class ClassCastException ClassLoader ClassNotFoundException
		CloneNotSupportedException Cloneable Comparable Deprecated Double Enum Error Exception Float FunctionalInterface
		IllegalAccessException IllegalArgumentException IllegalStateException IndexOutOfBoundsException Integer
		InterruptedException Iterable LinkageError Long Math NegativeArraySizeException NoSuchFieldException
		NoSuchMethodException NullPointerException Number NumberFormatException Object OutOfMemoryError Override Process
		ProcessBuilder Readable Record ReflectiveOperationException Runnable Runtime RuntimeException SafeVarargs
		SecurityException Short StackOverflowError StackTraceElement StrictMath String StringBuffer StringBuilder
		StringIndexOutOfBoundsException SuppressWarnings System Thread ThreadLocal Throwable
		UnsupportedOperationException Void clone equals finalize getClass hashCode notify notifyAll toString wait var
		record yield`),
}

const scriptBuiltins = `AbortController AggregateError Array ArrayBuffer BigInt Blob Boolean Buffer DataView Date
	Document Error EvalError Event FormData Function Headers Infinity Int16Array Int32Array Int8Array Intl JSON Map Math
	NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Request Response Set String Symbol
	SyntaxError TextDecoder TextEncoder TypeError URIError URL URLSearchParams Uint16Array Uint32Array Uint8Array
	WeakMap WeakRef WeakSet WebSocket XMLHttpRequest __dirname __filename alert arguments atob btoa clearImmediate
	clearInterval clearTimeout confirm console constructor crypto decodeURI decodeURIComponent define document encodeURI
	encodeURIComponent escape eval exports fetch get global globalThis history isFinite isNaN localStorage location
	module navigator of parseFloat parseInt performance process prompt queueMicrotask require self sessionStorage set
	setImmediate setInterval setTimeout structuredClone undefined unescape window`

// cHeaders gives for the well-known headers of C what their inclusion makes
// known. It is not whole: it holds what code commonly uses.
var cHeaders = map[string]map[string]bool{
	"assert.h": set("assert static_assert"),
	"ctype.h":  set("isalnum isalpha isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper isxdigit tolower toupper"),
	"errno.h":  set("errno EACCES EAGAIN EEXIST EINTR EINVAL ENOENT ENOMEM ERANGE EOVERFLOW EPERM"),
	"fcntl.h":  set("open openat creat fcntl O_RDONLY O_WRONLY O_RDWR O_CREAT O_EXCL O_TRUNC O_APPEND O_NOFOLLOW O_CLOEXEC O_DIRECTORY"),
	"inttypes.h": set(`PRId64 PRIu64 PRIx64 PRIu32 PRId32 PRIx32 PRIuMAX PRIdMAX SCNu64 SCNd64 strtoimax strtoumax
		` + cStdint),
	"limits.h": set(`CHAR_BIT CHAR_MAX CHAR_MIN INT_MAX INT_MIN LLONG_MAX LLONG_MIN LONG_MAX LONG_MIN PATH_MAX NAME_MAX
		SCHAR_MAX SCHAR_MIN SHRT_MAX SHRT_MIN SSIZE_MAX UCHAR_MAX UINT_MAX ULLONG_MAX ULONG_MAX USHRT_MAX`),
	"math.h": set(`acos asin atan atan2 ceil cos exp fabs floor fmod isinf isnan log log10 log2 lround pow round sin sqrt
		tan trunc INFINITY NAN M_PI`),
	"pthread.h":    set("pthread_create pthread_join pthread_mutex_init pthread_mutex_lock pthread_mutex_unlock pthread_mutex_destroy pthread_t pthread_mutex_t"),
	"signal.h":     set("signal sigaction kill raise SIGINT SIGTERM SIGSEGV"),
	"stdarg.h":     set("va_list va_start va_end va_arg va_copy"),
	"stdbool.h":    set("bool true false"),
	"stddef.h":     set("size_t ptrdiff_t NULL offsetof max_align_t"),
	"stdint.h":     set(cStdint),
	"stdio.h":      set(`clearerr fclose feof ferror fflush fgetc fgets fileno fopen fprintf fputc fputs fread freopen fscanf fseek ftell fwrite getc getchar getdelim getline gets pclose perror popen printf putc putchar puts remove rename rewind scanf setvbuf snprintf sprintf sscanf tmpfile tmpnam ungetc vfprintf vprintf vsnprintf vsprintf FILE EOF BUFSIZ stdin stdout stderr SEEK_SET SEEK_CUR SEEK_END size_t NULL`),
	"stdlib.h":     set(`abort abs atexit atof atoi atol atoll bsearch calloc div exit free getenv labs llabs malloc mkdtemp mkstemp qsort rand random realloc realpath setenv srand srandom strtod strtof strtol strtoll strtoul strtoull system reallocarray aligned_alloc EXIT_SUCCESS EXIT_FAILURE RAND_MAX size_t NULL`),
	"string.h":     set(`memccpy memchr memcmp memcpy memmove memset stpcpy strcat strchr strcmp strcpy strcspn strdup strerror strlen strncat strncmp strncpy strndup strnlen strpbrk strrchr strsep strspn strstr strtok strtok_r strlcpy strlcat explicit_bzero size_t NULL`),
	"strings.h":    set("strcasecmp strncasecmp bzero index rindex"),
	"sys/stat.h":   set("stat fstat lstat chmod mkdir umask S_ISREG S_ISDIR S_ISLNK S_IRUSR S_IWUSR"),
	"sys/wait.h":   set("wait waitpid WIFEXITED WEXITSTATUS"),
	"sys/mman.h":   set("mmap munmap mprotect PROT_READ PROT_WRITE MAP_PRIVATE MAP_SHARED MAP_FAILED"),
	"sys/types.h":  set("size_t ssize_t pid_t off_t uid_t gid_t mode_t"),
	"sys/socket.h": set("accept bind connect listen recv recvfrom send sendto setsockopt shutdown socket AF_INET SOCK_STREAM socklen_t"),
	"arpa/inet.h":  set("htons htonl ntohs ntohl inet_ntop inet_pton inet_addr"),
	"time.h":       set("asctime clock clock_gettime ctime difftime gmtime gmtime_r localtime localtime_r mktime nanosleep strftime time time_t NULL size_t"),
	"unistd.h": set(`access alarm chdir chown chroot close dup dup2 execl execle execlp execv execve execvp fork fsync
		ftruncate getcwd getegid geteuid getgid getopt getpid getuid isatty link lseek pipe pread pwrite read readlink
		rmdir setegid seteuid setgid setuid sleep symlink sysconf truncate unlink usleep write _exit STDIN_FILENO
		STDOUT_FILENO STDERR_FILENO R_OK W_OK F_OK ssize_t off_t pid_t size_t NULL`),
}

const cStdint = `int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t intmax_t uintmax_t
	INT8_MAX INT16_MAX INT32_MAX INT64_MAX INT8_MIN INT16_MIN INT32_MIN INT64_MIN UINT8_MAX UINT16_MAX UINT32_MAX
	UINT64_MAX SIZE_MAX INTPTR_MAX UINTPTR_MAX INTMAX_MAX UINTMAX_MAX PTRDIFF_MAX UINT32_C UINT64_C INT64_C`

// cSpellings gives the name that C++ has for some headers of C.
var cSpellings = map[string]string{
	"cassert": "assert.h", "cctype": "ctype.h", "cerrno": "errno.h", "cinttypes": "inttypes.h", "climits": "limits.h",
	"cmath": "math.h", "csignal": "signal.h", "cstdarg": "stdarg.h", "cstddef": "stddef.h", "cstdint": "stdint.h",
	"cstdio": "stdio.h", "cstdlib": "stdlib.h", "cstring": "string.h", "ctime": "time.h",
}

// cppHeaders are the headers of C++'s library that make no function known
// outside namespace std, but may bring any header of C along.
var cppHeaders = set(`algorithm any array atomic bitset charconv chrono compare concepts condition_variable deque exception
	expected filesystem format fstream functional future initializer_list iomanip ios iosfwd iostream istream iterator
	list limits locale map memory mutex new numeric optional ostream print queue random ranges regex set span sstream
	stack stdexcept streambuf string string_view system_error thread tuple type_traits typeinfo unordered_map
	unordered_set utility variant vector`)

// cLibrary reports whether a well-known header of C makes the name known.
func cLibrary(name string) bool {
	for _, names := range cHeaders {
		if names[name] {
			return true
		}
	}
	return false
}

// cHeader is C's spelling of a header's name.
func cHeader(name string) string {
	if c, ok := cSpellings[name]; ok {
		return c
	}
	return name
}
