package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase/weaviate"
	"github.com/seccoder/seccoder/generation/openai"
	"github.com/seccoder/seccoder/model"
	"github.com/seccoder/seccoder/retrieval"
)

// Settings are flags that can also be given by the environment and by the
// configuration file, under one name: --max-tokens is SECCODER_MAX_TOKENS and the key
// max-tokens. A flag wins over the environment, the environment over the file.
type settings struct {
	configPath string

	model, retriever, store, cacheDir, libraryDir   string
	threads                                         int
	server, serverModel, serverAPI, keyEnv, keyFile string
	serverContext, context                          int
	abstainBelow                                    float64
	completion                                      completionSettings
}

// defaultContext bounds what the embedded model reads: two threads take about a
// minute for so many tokens, and many for all that the models could attend to.
const defaultContext = 4096

// completionSettings are those of the commands that complete.
type completionSettings struct {
	n, maxTokens, topK int
	temperature, topP  float64
	seed               uint64
}

// notSettings are the flags that make sense for one run only.
var notSettings = []string{
	"help", "config", "json", "in-place", "example", "lang", "title", "fix", "cwe", "licence", "limit",
	"checker", "severity", "fail-on", "format", "output", "diff", "baseline", "write-baseline", "sarif", "sarif-command", "allow-unchecked", "timeout",
	"strict", "dry-run", "restart", "repo",
}

// notASetting is the annotation of flags that make sense for one run only under this
// command, though another command has a setting of the name.
const notASetting = "seccoder_one_run"

// serverAPIs are the values of --server-api.
var serverAPIs = []string{openai.APICompletions, openai.APIChat}

// environmentPrefix begins the names of all variables.
const environmentPrefix = "SECCODER_"

func (s *settings) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&s.configPath, "config", "", "configuration file (default: config.toml in the user's configuration folder, under seccoder)")
	flags.StringVarP(&s.model, "model", "m", model.DefaultGenerator, "model: a name of \"seccoder models list\" or a GGUF file")
	flags.StringVarP(&s.retriever, "retriever", "r", string(retrieval.DefaultName), "retriever: fused, dense, bm25, random, none")
	flags.Float64Var(&s.abstainBelow, "abstain-below", seccoder.DefaultAbstainBelow, "show no demonstration where the retriever's confidence in it is below this; 0 always shows one")
	flags.StringVar(&s.store, "store", "", "secure codebase: an SQLite file, or a Weaviate cluster as weaviate://HOST:PORT,… (default: a file in the user's data folder)")
	flags.StringVar(&s.cacheDir, "cache-dir", "", "folder of the engine and the models (default: in the user's cache folder)")
	flags.StringVar(&s.libraryDir, "library-dir", "", "folder of llama.cpp's shared libraries to use instead of the pulled engine")
	flags.IntVar(&s.context, "context", defaultContext, "tokens of prompt and completion together; longer code is cut from its far end (0: all that the model can attend to)")
	flags.IntVar(&s.threads, "threads", 0, "threads to compute with (default: as many as there are free cores)")
	flags.StringVar(&s.server, "server", "", "complete by an OpenAI-compatible server at this URL, such as http://127.0.0.1:8080/v1")
	flags.StringVar(&s.serverModel, "server-model", "", "the server's name of the model")
	flags.StringVar(&s.serverAPI, "server-api", openai.APICompletions, "the server's API: "+strings.Join(serverAPIs, ", "))
	flags.IntVar(&s.serverContext, "server-context", 0, "tokens that the server's model can attend to (default: not known, nothing is cut)")
	flags.StringVar(&s.keyEnv, "server-key-env", "", "environment variable that holds the server's key (default: OPENAI_API_KEY, where it is safe to send)")
	flags.StringVar(&s.keyFile, "server-key-file", "", "file that holds the server's key")
}

// addCompletionFlags adds what the commands that complete have in common.
func (s *settings) addCompletionFlags(flags *pflag.FlagSet) {
	c := &s.completion
	flags.IntVarP(&c.n, "n", "n", 1, "number of completions")
	flags.Float64VarP(&c.temperature, "temperature", "t", seccoder.DefaultTemperature, "temperature; 0 takes the likeliest token at each step")
	flags.Float64Var(&c.topP, "top-p", seccoder.DefaultTopP, "sample from the likeliest tokens that hold this share of the probability")
	flags.IntVar(&c.maxTokens, "max-tokens", seccoder.DefaultMaxTokens, "largest length of a completion, in tokens")
	flags.Uint64Var(&c.seed, "seed", 0, "seed: the same gives the same text on the same machine")
	s.addTopKFlag(flags, "largest number of demonstrations")
}

func (s *settings) addTopKFlag(flags *pflag.FlagSet, usage string) {
	flags.IntVarP(&s.completion.topK, "top-k", "k", seccoder.DefaultTopK, usage)
}

func (c completionSettings) checkTopK() error {
	if c.topK < 1 || c.topK > 10 {
		return usagef("--top-k %d: expected 1 to 10 demonstrations", c.topK)
	}
	return nil
}

// options turns the settings into those of the library.
func (c completionSettings) options() (seccoder.Options, error) {
	switch {
	case c.n < 1 || c.n > 1000:
		return seccoder.Options{}, usagef("--n %d: expected 1 to 1000 completions", c.n)
	case c.maxTokens < 1:
		return seccoder.Options{}, usagef("--max-tokens %d: expected at least 1", c.maxTokens)
	case !(c.temperature >= 0 && c.temperature <= 5): // NaN is neither
		return seccoder.Options{}, usagef("--temperature %g: expected 0 to 5", c.temperature)
	case !(c.topP > 0 && c.topP <= 1):
		return seccoder.Options{}, usagef("--top-p %g: expected a share above 0 and up to 1", c.topP)
	}
	if err := c.checkTopK(); err != nil {
		return seccoder.Options{}, err
	}
	return seccoder.Options{
		N: c.n, MaxTokens: c.maxTokens, Temperature: c.temperature, TopP: c.topP, Greedy: c.temperature == 0,
		Seed: c.seed, TopK: c.topK,
	}, nil
}

// config turns the settings into those of the library.
func (s *settings) config() (seccoder.Config, error) {
	name, err := retrieval.ParseName(s.retriever)
	if err != nil {
		return seccoder.Config{}, usageError{err}
	}
	s.retriever = string(name)
	if s.threads < 0 {
		return seccoder.Config{}, usagef("--threads %d: expected 0 or more", s.threads)
	}
	if !(s.abstainBelow >= 0 && s.abstainBelow <= 1) { // NaN is neither
		return seccoder.Config{}, usagef("--abstain-below %g: expected a confidence of 0 to 1", s.abstainBelow)
	}
	if s.context < 0 {
		return seccoder.Config{}, usagef("--context %d: expected 0 or more tokens", s.context)
	}
	c := seccoder.Config{
		Model: s.model, Retriever: name, StorePath: s.store, CacheDir: s.cacheDir,
		LibraryDir: s.libraryDir, Threads: s.threads, ContextTokens: s.context,
		AbstainBelow: s.abstainBelow,
	}
	if s.abstainBelow == 0 {
		c.AbstainBelow = -1 // never, where the library's 0 is its default
	}
	if weaviate.IsAddress(s.store) {
		if _, err := weaviate.ParseAddress(s.store); err != nil {
			return seccoder.Config{}, usagef("--store: %w", err)
		}
	}
	if s.server != "" {
		switch {
		case s.serverModel == "":
			return seccoder.Config{}, usagef("--server needs the name of one of its models: give --server-model")
		case !slices.Contains(serverAPIs, s.serverAPI):
			return seccoder.Config{}, usagef("--server-api %q: expected %s", s.serverAPI, strings.Join(serverAPIs, " or "))
		case s.serverContext < 0:
			return seccoder.Config{}, usagef("--server-context %d: expected 0 or more tokens", s.serverContext)
		}
		c.Server = &openai.Options{
			BaseURL: s.server, Model: s.serverModel, API: s.serverAPI,
			KeyEnv: s.keyEnv, KeyFile: s.keyFile, ContextTokens: s.serverContext,
		}
		// What is wrong with the server's settings is wrong before anything is loaded.
		if _, err := openai.New(*c.Server); err != nil {
			return seccoder.Config{}, usagef("--server: %w", err)
		}
	}
	return c, nil
}

// modelName is how the generator is called in results.
func (s *settings) modelName() string {
	if s.server != "" {
		return s.serverModel
	}
	return s.model
}

// load fills the settings that no flag gave from the environment and the file.
func (s *settings) load(cmd *cobra.Command) error {
	path, file, err := s.readFile()
	if err != nil {
		return err
	}
	known := settingNames(cmd.Root())
	for key := range file {
		if !slices.Contains(known, key) {
			return usagef("configuration file %s: unknown setting %q (known: %s)", path, key, strings.Join(known, ", "))
		}
	}
	var errs []error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || slices.Contains(notSettings, f.Name) || f.Annotations[notASetting] != nil {
			return
		}
		variable := environmentPrefix + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value, ok := os.LookupEnv(variable); ok && value != "" {
			if err := f.Value.Set(value); err != nil {
				errs = append(errs, usagef("environment variable %s=%s: %w", variable, value, valueError(f, err)))
			}
		} else if value, ok := file[f.Name]; ok {
			if err := setFromFile(f, value); err != nil {
				errs = append(errs, usagef("configuration file %s: %s: %w", path, f.Name, err))
			}
		}
	})
	return errors.Join(errs...)
}

// setFromFile takes a value of TOML: text, a number or true and false.
func setFromFile(f *pflag.Flag, value any) error {
	switch value.(type) {
	case string, bool, int64, float64:
	default:
		return errors.New("expected a single value, as in " + f.Name + " = \"…\"")
	}
	if err := f.Value.Set(fmt.Sprint(value)); err != nil {
		return fmt.Errorf("%v: %w", value, valueError(f, err))
	}
	return nil
}

// readFile reads the configuration file. One that the user did not name need not be there.
func (s *settings) readFile() (path string, values map[string]any, err error) {
	path, named := s.configFile()
	if path == "" {
		return "", nil, nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return path, nil, nil
	}
	if err != nil {
		return path, nil, usagef("read the configuration file: %w", err)
	}
	if err := toml.Unmarshal(data, &values); err != nil {
		return path, nil, usagef("configuration file %s: %w", path, err)
	}
	return path, values, nil
}

// configFile is the path of the configuration file, and whether the user named it. It
// is empty where the system has no folder for such files.
func (s *settings) configFile() (path string, named bool) {
	if s.configPath != "" {
		return s.configPath, true
	}
	if path := os.Getenv(environmentPrefix + "CONFIG"); path != "" {
		return path, true
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", false
	}
	return filepath.Join(dir, "seccoder", "config.toml"), false
}

// settingNames lists the settings of all commands.
func settingNames(root *cobra.Command) []string {
	var names []string
	add := func(f *pflag.Flag) {
		if !slices.Contains(notSettings, f.Name) && f.Annotations[notASetting] == nil && !slices.Contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	root.PersistentFlags().VisitAll(add)
	for _, cmd := range root.Commands() {
		cmd.Flags().VisitAll(add)
	}
	slices.Sort(names)
	return names
}
