package libllama

import (
	"testing"
	"unsafe"
)

// The numbers are a C compiler's, for llama.h of llama.cpp's release v0.5.0 on a
// 64-bit platform.
func TestLayout(t *testing.T) {
	var m modelParams
	var c contextParams
	var b batch
	for name, got := range map[string][2]uintptr{
		"model parameters":   {unsafe.Sizeof(m), 80},
		"context parameters": {unsafe.Sizeof(c), 160},
		"batch":              {unsafe.Sizeof(b), 56},

		"n_gpu_layers":     {unsafe.Offsetof(m.nGPULayers), 16},
		"load_mode":        {unsafe.Offsetof(m.loadMode), 24},
		"main_gpu":         {unsafe.Offsetof(m.mainGPU), 32},
		"tensor_split":     {unsafe.Offsetof(m.tensorSplit), 40},
		"kv_overrides":     {unsafe.Offsetof(m.kvOverrides), 64},
		"vocab_only":       {unsafe.Offsetof(m.vocabOnly), 72},
		"load_mtp":         {unsafe.Offsetof(m.loadMTP), 77},
		"n_ctx":            {unsafe.Offsetof(c.nCtx), 0},
		"n_seq_max":        {unsafe.Offsetof(c.nSeqMax), 12},
		"n_outputs_max":    {unsafe.Offsetof(c.nOutputsMax), 20},
		"n_threads":        {unsafe.Offsetof(c.nThreads), 28},
		"flash_attn_type":  {unsafe.Offsetof(c.flashAttnType), 52},
		"rope_freq_base":   {unsafe.Offsetof(c.ropeFreqBase), 56},
		"cb_eval":          {unsafe.Offsetof(c.cbEval), 88},
		"type_k":           {unsafe.Offsetof(c.typeK), 104},
		"abort_callback":   {unsafe.Offsetof(c.abortCallback), 112},
		"embeddings":       {unsafe.Offsetof(c.embeddings), 128},
		"kv_unified":       {unsafe.Offsetof(c.kvUnified), 133},
		"samplers":         {unsafe.Offsetof(c.samplers), 136},
		"ctx_other":        {unsafe.Offsetof(c.ctxOther), 152},
		"batch.token":      {unsafe.Offsetof(b.token), 8},
		"batch.seq_id":     {unsafe.Offsetof(b.seqID), 40},
		"batch.logits":     {unsafe.Offsetof(b.logits), 48},
		"room behind them": {unsafe.Offsetof(roomy[contextParams]{}.params), 0},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %d, want %d", name, got[0], got[1])
		}
	}
}
