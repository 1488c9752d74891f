// Package libllama binds the part of llama.cpp's C library that SecCoder needs,
// without cgo: the shared libraries are loaded at run time.
//
// A failed assertion in the library aborts the whole process, so nothing but the
// engine's worker process (package engine) may load it.
//
//	library, err := libllama.Load(dir)
//	model, err := library.OpenModel("model.gguf")
//	context, err := model.NewContext(libllama.ContextOptions{Tokens: 4096, Sequences: 25})
package libllama

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync/atomic"

	"github.com/ebitengine/purego"
)

// ErrABI says that the library found is not of the release that this package
// was written for.
var ErrABI = errors.New("the llama.cpp library has another ABI than release v0.5.0")

// A Library is llama.cpp's shared library, loaded.
type Library struct {
	path      string
	functions functions
	// abort is read by the engine between the steps of a computation. A callback can
	// never be freed, so there is one for all contexts.
	abort         atomic.Bool
	abortCallback uintptr
	complaint     atomic.Pointer[string]
}

// Path is the file of the library proper.
func (l *Library) Path() string { return l.path }

// Abort ends running calls of Decode and Embed soon, in all contexts; later ones
// fail at once, until Resume.
func (l *Library) Abort() { l.abort.Store(true) }

// Resume takes back an Abort.
func (l *Library) Resume() { l.abort.Store(false) }

// functions are the C functions in use, under their C names without the prefix.
type functions struct {
	modelDefaultParams   func() roomy[modelParams]
	contextDefaultParams func() roomy[contextParams]
	backendInit          func()
	logSet               func(callback, data uintptr)

	modelLoadFromFile func(path string, params modelParams) uintptr
	modelFree         func(model uintptr)
	modelGetVocab     func(model uintptr) uintptr
	modelNCtxTrain    func(model uintptr) int32
	modelNEmbd        func(model uintptr) int32
	modelMetaValStr   func(model uintptr, key string, buffer *byte, size uint64) int32

	vocabNTokens func(vocab uintptr) int32
	vocabIsEOG   func(vocab uintptr, token int32) bool
	vocabFimPre  func(vocab uintptr) int32
	vocabFimSuf  func(vocab uintptr) int32
	vocabFimMid  func(vocab uintptr) int32
	tokenize     func(vocab uintptr, text *byte, length int32, tokens *int32, capacity int32, addSpecial, parseSpecial bool) int32
	tokenToPiece func(vocab uintptr, token int32, buffer *byte, length, lstrip int32, special bool) int32

	initFromModel    func(model uintptr, params contextParams) uintptr
	free             func(context uintptr)
	getMemory        func(context uintptr) uintptr
	memoryClear      func(memory uintptr, data bool)
	memorySeqCp      func(memory uintptr, from, to, p0, p1 int32)
	memorySeqRm      func(memory uintptr, sequence, p0, p1 int32) bool
	stateSeqGetSize  func(context uintptr, sequence int32) uint64
	stateSeqGetData  func(context uintptr, destination *byte, size uint64, sequence int32) uint64
	stateSeqSetData  func(context uintptr, source *byte, size uint64, sequence int32) uint64
	decode           func(context uintptr, b batch) int32
	setNThreads      func(context uintptr, threads, threadsBatch int32)
	getLogitsIth     func(context uintptr, i int32) *float32
	getEmbeddingsSeq func(context uintptr, sequence int32) *float32
}

// Load loads the libraries of the folder, the best CPU variant of ggml among them,
// and makes sure that they are of the expected release.
func Load(dir string) (*Library, error) {
	base, err := find(dir, "ggml-base")
	if err != nil {
		return nil, err
	}
	ggml, err := find(dir, "ggml")
	if err != nil {
		return nil, err
	}
	llama, err := find(dir, "llama")
	if err != nil {
		return nil, err
	}
	var handles [3]uintptr
	for i, path := range []string{base, ggml, llama} {
		if handles[i], err = open(path); err != nil {
			return nil, fmt.Errorf("load engine library %s: %w", path, err)
		}
	}
	l := &Library{path: llama}
	if err := l.bind(handles[2]); err != nil {
		return nil, fmt.Errorf("load engine library %s: %w", llama, err)
	}
	if err := l.checkABI(); err != nil {
		return nil, fmt.Errorf("load engine library %s: %w", llama, err)
	}
	l.listen()
	l.abortCallback = purego.NewCallback(func(uintptr) uintptr {
		if l.abort.Load() {
			return 1
		}
		return 0
	})
	if err := loadBackends(handles[1], dir); err != nil {
		return nil, fmt.Errorf("load engine library %s: %w", ggml, err)
	}
	l.functions.backendInit()
	return l, nil
}

// loadBackends lets ggml load the libraries that compute, the best for this machine.
func loadBackends(ggml uintptr, dir string) error {
	var load func(dir string)
	var count func() uint64
	for name, function := range map[string]any{"ggml_backend_load_all_from_path": &load, "ggml_backend_dev_count": &count} {
		address, err := symbol(ggml, name)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrABI, err)
		}
		purego.RegisterFunc(function, address)
	}
	load(dir)
	if count() == 0 {
		return fmt.Errorf("no library in %s can compute on this machine (expected one as libggml-cpu-*)", dir)
	}
	return nil
}

// find returns the shared library called name in dir, whatever version its file name has.
func find(dir, name string) (string, error) {
	patterns := []string{"lib" + name + ".so", "lib" + name + ".*.so", "lib" + name + ".so.*"}
	switch runtime.GOOS {
	case "darwin":
		patterns = []string{"lib" + name + ".dylib", "lib" + name + ".*.dylib"}
	case "windows":
		patterns = []string{name + ".dll", name + ".*.dll", "lib" + name + ".dll"}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", fmt.Errorf("find engine library %s: %w (get it with: seccoder models pull llama-cpp)", patterns[0], err)
	}
	for _, pattern := range patterns {
		for _, entry := range entries {
			if ok, _ := filepath.Match(pattern, entry.Name()); ok {
				return filepath.Join(dir, entry.Name()), nil
			}
		}
	}
	return "", fmt.Errorf("find engine library %s in %s: %w (get it with: seccoder models pull llama-cpp)", patterns[0], dir, os.ErrNotExist)
}

// bind looks up every function.
func (l *Library) bind(handle uintptr) error {
	f := &l.functions
	table := []struct {
		name     string
		function any
	}{
		{"model_default_params", &f.modelDefaultParams},
		{"context_default_params", &f.contextDefaultParams},
		{"backend_init", &f.backendInit},
		{"log_set", &f.logSet},
		{"model_load_from_file", &f.modelLoadFromFile},
		{"model_free", &f.modelFree},
		{"model_get_vocab", &f.modelGetVocab},
		{"model_n_ctx_train", &f.modelNCtxTrain},
		{"model_n_embd", &f.modelNEmbd},
		{"model_meta_val_str", &f.modelMetaValStr},
		{"vocab_n_tokens", &f.vocabNTokens},
		{"vocab_is_eog", &f.vocabIsEOG},
		{"vocab_fim_pre", &f.vocabFimPre},
		{"vocab_fim_suf", &f.vocabFimSuf},
		{"vocab_fim_mid", &f.vocabFimMid},
		{"tokenize", &f.tokenize},
		{"token_to_piece", &f.tokenToPiece},
		{"init_from_model", &f.initFromModel},
		{"free", &f.free},
		{"get_memory", &f.getMemory},
		{"memory_clear", &f.memoryClear},
		{"memory_seq_cp", &f.memorySeqCp},
		{"memory_seq_rm", &f.memorySeqRm},
		{"state_seq_get_size", &f.stateSeqGetSize},
		{"state_seq_get_data", &f.stateSeqGetData},
		{"state_seq_set_data", &f.stateSeqSetData},
		{"decode", &f.decode},
		{"set_n_threads", &f.setNThreads},
		{"get_logits_ith", &f.getLogitsIth},
		{"get_embeddings_seq", &f.getEmbeddingsSeq},
	}
	for _, entry := range table {
		address, err := symbol(handle, "llama_"+entry.name)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrABI, err)
		}
		purego.RegisterFunc(entry.function, address)
	}
	return nil
}

// checkABI compares the library's default parameters with the ones of the
// release: a library whose structs differ would answer other values at these
// places.
func (l *Library) checkABI() error {
	c := l.functions.contextDefaultParams().params
	m := l.functions.modelDefaultParams().params
	got := []any{c.nCtx, c.nBatch, c.nUbatch, c.nSeqMax, c.nOutputsMaxPerSeq, c.poolingType, c.yarnBetaSlow, c.defragThold,
		c.typeK, c.typeV, c.embeddings, c.offloadKQV, c.noPerf, c.kvUnified, c.nSamplers, m.nGPULayers, m.useExtraBufts, m.loadMTP}
	want := []any{uint32(512), uint32(2048), uint32(512), uint32(1), uint32(1), int32(poolingUnspecified), float32(-1), float32(-1),
		int32(ggmlTypeF16), int32(ggmlTypeF16), false, true, true, false, uint64(0), int32(-1), true, false}
	if !slices.Equal(got, want) {
		return fmt.Errorf("%w: its default parameters are %v, expected %v; use the pinned engine (seccoder models pull llama-cpp)", ErrABI, got, want)
	}
	return nil
}
