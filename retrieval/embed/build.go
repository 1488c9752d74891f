package embed

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/seccoder/seccoder/internal/atomicfile"
)

// The shape of all-MiniLM-L6-v2, a BERT encoder.
const (
	miniLMLayers      = 6
	miniLMHeads       = 12
	miniLMFeedForward = 1536
	miniLMPositions   = 512
	miniLMVocabulary  = 30522
)

// BuildMiniLM makes the engine's model file (GGUF, weights in Q8_0) from the files
// model.safetensors and vocab.txt of the published model, given by name. It writes
// destination atomically, and always the same bytes.
func BuildMiniLM(ctx context.Context, files map[string]string, destination string) error {
	weights, err := openSafetensors(files["model.safetensors"])
	if err != nil {
		return fmt.Errorf("build %s: %w", destination, err)
	}
	defer weights.Close()
	w := &ggufWriter{}
	if err := setVocabulary(w, files["vocab.txt"]); err != nil {
		return fmt.Errorf("build %s: %w", destination, err)
	}
	setHyperparameters(w)
	if err := addTensors(ctx, w, weights); err != nil {
		return fmt.Errorf("build %s: %w", destination, err)
	}
	err = atomicfile.Write(destination, 0o644, func(out io.Writer) error {
		buffered := bufio.NewWriterSize(out, 1<<20)
		if err := w.writeTo(buffered); err != nil {
			return err
		}
		return buffered.Flush()
	})
	if err != nil {
		return fmt.Errorf("build %s: %w", destination, err)
	}
	return nil
}

func setHyperparameters(w *ggufWriter) {
	w.set("general.architecture", "bert")
	w.set("general.name", "all-MiniLM-L6-v2")
	w.set("general.file_type", uint32(7)) // mostly Q8_0
	w.set("bert.block_count", uint32(miniLMLayers))
	w.set("bert.context_length", uint32(miniLMPositions))
	w.set("bert.embedding_length", uint32(miniLMDimensions))
	w.set("bert.feed_forward_length", uint32(miniLMFeedForward))
	w.set("bert.attention.head_count", uint32(miniLMHeads))
	w.set("bert.attention.layer_norm_epsilon", float32(1e-12))
	w.set("bert.attention.causal", false)
	w.set("bert.pooling_type", uint32(1)) // mean
}

// setVocabulary turns BERT's word pieces into the engine's form: a piece that begins
// a word is marked by a low line (U+2581), one that goes on loses its "##".
func setVocabulary(w *ggufWriter, path string) error {
	const normal, control = 1, 3
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	words := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(words) != miniLMVocabulary {
		return fmt.Errorf("vocabulary %s has %d entries, expected %d", path, len(words), miniLMVocabulary)
	}
	special := map[string]string{
		"[PAD]": "padding", "[UNK]": "unknown", "[CLS]": "cls", "[MASK]": "mask",
		"[SEP]": "seperator", //nolint:misspell // GGUF's own spelling
	}
	kinds := make([]int32, len(words))
	for i, word := range words {
		kinds[i] = normal
		switch role := special[word]; {
		case role != "":
			kinds[i] = control
			w.set("tokenizer.ggml."+role+"_token_id", uint32(i))
		case strings.HasPrefix(word, "##"):
			words[i] = word[2:]
		default:
			words[i] = "\u2581" + word
		}
	}
	w.set("tokenizer.ggml.model", "bert")
	w.set("tokenizer.ggml.pre", "default")
	w.set("tokenizer.ggml.normalizer.lowercase", true)
	w.set("tokenizer.ggml.token_type_count", uint32(2))
	w.set("tokenizer.ggml.tokens", words)
	w.set("tokenizer.ggml.token_type", kinds)
	return nil
}

// addTensors copies the encoder's weights under their GGUF names.
func addTensors(ctx context.Context, w *ggufWriter, weights *safetensorsFile) error {
	type tensor struct {
		from, to string
		quantise bool
		shape    []int64
	}
	norm := func(from, to string) []tensor {
		return []tensor{
			{from + ".weight", to + ".weight", false, []int64{miniLMDimensions}},
			{from + ".bias", to + ".bias", false, []int64{miniLMDimensions}},
		}
	}
	linear := func(from, to string, out, in int64) []tensor {
		return []tensor{
			{from + ".weight", to + ".weight", true, []int64{out, in}},
			{from + ".bias", to + ".bias", false, []int64{out}},
		}
	}
	tensors := []tensor{
		{"embeddings.word_embeddings.weight", "token_embd.weight", true, []int64{miniLMVocabulary, miniLMDimensions}},
		{"embeddings.position_embeddings.weight", "position_embd.weight", false, []int64{miniLMPositions, miniLMDimensions}},
		{"embeddings.token_type_embeddings.weight", "token_types.weight", false, []int64{2, miniLMDimensions}},
	}
	tensors = append(tensors, norm("embeddings.LayerNorm", "token_embd_norm")...)
	for i := range miniLMLayers {
		from, to := fmt.Sprintf("encoder.layer.%d.", i), fmt.Sprintf("blk.%d.", i)
		const d, f = miniLMDimensions, miniLMFeedForward
		tensors = append(tensors, linear(from+"attention.self.query", to+"attn_q", d, d)...)
		tensors = append(tensors, linear(from+"attention.self.key", to+"attn_k", d, d)...)
		tensors = append(tensors, linear(from+"attention.self.value", to+"attn_v", d, d)...)
		tensors = append(tensors, linear(from+"attention.output.dense", to+"attn_output", d, d)...)
		tensors = append(tensors, norm(from+"attention.output.LayerNorm", to+"attn_output_norm")...)
		tensors = append(tensors, linear(from+"intermediate.dense", to+"ffn_up", f, d)...)
		tensors = append(tensors, linear(from+"output.dense", to+"ffn_down", d, f)...)
		tensors = append(tensors, norm(from+"output.LayerNorm", to+"layer_output_norm")...)
	}
	for _, t := range tensors {
		if err := ctx.Err(); err != nil {
			return err
		}
		values, err := weights.float32s(t.from, t.shape...)
		if err != nil {
			return err
		}
		w.add(t.to, values, t.quantise, t.shape...)
	}
	return nil
}
