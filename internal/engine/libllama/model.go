package libllama

import (
	"errors"
	"fmt"
	"os"
	"strconv"
)

// A Token is an index into a model's vocabulary.
type Token = int32

// noToken is what llama.h calls LLAMA_TOKEN_NULL.
const noToken Token = -1

// A Model is a GGUF file, loaded.
type Model struct {
	library *Library
	handle  uintptr
	vocab   uintptr
}

// OpenModel loads a GGUF file by mapping it into memory.
func (l *Library) OpenModel(path string) (*Model, error) {
	if err := checkGGUF(path); err != nil {
		return nil, err
	}
	params := l.functions.modelDefaultParams().params
	params.loadMode = loadModeMMap
	_ = l.explain()
	handle := l.functions.modelLoadFromFile(path, params)
	if handle == 0 {
		return nil, fmt.Errorf("load model %s: the engine cannot read it%s; it is damaged or of an architecture that llama.cpp v0.5.0 does not know"+
			" (if it was pulled, seccoder models verify checks it)", path, l.explain())
	}
	return &Model{library: l, handle: handle, vocab: l.functions.modelGetVocab(handle)}, nil
}

// checkGGUF finds the mistakes that need no engine to be found.
func checkGGUF(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("load model: %w", err)
	}
	defer file.Close()
	var magic [4]byte
	if _, err := file.Read(magic[:]); err != nil || string(magic[:]) != "GGUF" {
		return fmt.Errorf("load model %s: not a GGUF file", path)
	}
	return nil
}

// Close frees the model. Its contexts must be closed before.
func (m *Model) Close() { m.library.functions.modelFree(m.handle) }

// ContextTokens is the number of tokens that the model was trained to attend to.
func (m *Model) ContextTokens() int { return int(m.library.functions.modelNCtxTrain(m.handle)) }

// Dimensions is the length of the model's embeddings.
func (m *Model) Dimensions() int { return int(m.library.functions.modelNEmbd(m.handle)) }

// VocabularySize is the number of tokens.
func (m *Model) VocabularySize() int { return int(m.library.functions.vocabNTokens(m.vocab)) }

// Metadata returns the value of a GGUF key, or "".
func (m *Model) Metadata(key string) string {
	buffer := make([]byte, 256)
	n := m.library.functions.modelMetaValStr(m.handle, key, &buffer[0], uint64(len(buffer)))
	if n < 0 {
		return ""
	}
	return string(buffer[:min(int(n), len(buffer)-1)])
}

// Pooled reports whether the model is made for sentence embeddings.
func (m *Model) Pooled() bool {
	kind, err := strconv.Atoi(m.Metadata(m.Metadata("general.architecture") + ".pooling_type"))
	return err == nil && kind > 0
}

// Infill returns the special tokens for filling in the middle; ok is false where the
// model has none.
func (m *Model) Infill() (prefix, suffix, middle Token, ok bool) {
	f := &m.library.functions
	prefix, suffix, middle = f.vocabFimPre(m.vocab), f.vocabFimSuf(m.vocab), f.vocabFimMid(m.vocab)
	return prefix, suffix, middle, prefix != noToken && suffix != noToken && middle != noToken
}

// EndsGeneration reports whether the token means that the model is done.
func (m *Model) EndsGeneration(t Token) bool { return m.library.functions.vocabIsEOG(m.vocab, t) }

// Tokenize splits text into tokens. Text that looks like a special token is plain
// text: only the caller can put special tokens into a prompt. With start, the tokens
// that the model wants at the beginning of a text (and, for embedding models, at its
// end) are added.
func (m *Model) Tokenize(text string, start bool) ([]Token, error) {
	if len(text) > 1<<30 {
		return nil, errors.New("tokenize: the text is larger than 1 GiB")
	}
	tokens := make([]Token, len(text)/3+16)
	for {
		// A terminating zero keeps the pointer valid for an empty text.
		source := append([]byte(text), 0)
		n := m.library.functions.tokenize(m.vocab, &source[0], int32(len(text)), &tokens[0], int32(len(tokens)), start, false)
		if n >= 0 {
			return tokens[:n], nil
		}
		if int(-n) <= len(tokens) {
			return nil, errors.New("tokenize: the engine refused the text")
		}
		tokens = make([]Token, -n)
	}
}

// Piece is the bytes that a token stands for, which may be a part of a UTF-8
// character. Special tokens have none.
func (m *Model) Piece(t Token) []byte { return m.piece(t, false) }

// SpecialText is how a special token is written.
func (m *Model) SpecialText(t Token) string { return string(m.piece(t, true)) }

func (m *Model) piece(t Token, special bool) []byte {
	buffer := make([]byte, 64)
	for {
		n := m.library.functions.tokenToPiece(m.vocab, t, &buffer[0], int32(len(buffer)), 0, special)
		if n >= 0 {
			return buffer[:n]
		}
		buffer = make([]byte, -n)
	}
}

// PieceLength is the number of bytes that a token stands for.
func (m *Model) PieceLength(t Token) int { return len(m.Piece(t)) }
