package libllama

import "structs"

// The structs below have the layout of llama.h in llama.cpp's release v0.5.0.
// Their sizes on 64-bit platforms are 80, 160 and 56 bytes; a test keeps them so.
// A library of another layout is found out by its default parameters (see
// checkABI) before any of them is used.

// modelParams is struct llama_model_params.
type modelParams struct {
	_                        structs.HostLayout
	devices                  uintptr
	tensorBuftOverrides      uintptr
	nGPULayers               int32
	splitMode                int32
	loadMode                 int32
	lazyMode                 int32
	mainGPU                  int32
	_                        int32
	tensorSplit              uintptr
	progressCallback         uintptr
	progressCallbackUserData uintptr
	kvOverrides              uintptr
	vocabOnly                bool
	checkTensors             bool
	useExtraBufts            bool
	noHost                   bool
	noAlloc                  bool
	loadMTP                  bool
	_                        [2]byte
}

// contextParams is struct llama_context_params.
type contextParams struct {
	_                 structs.HostLayout
	nCtx              uint32
	nBatch            uint32
	nUbatch           uint32
	nSeqMax           uint32
	nRsSeq            uint32
	nOutputsMax       uint32
	nOutputsMaxPerSeq uint32
	nThreads          int32
	nThreadsBatch     int32
	ctxType           int32
	ropeScalingType   int32
	poolingType       int32
	attentionType     int32
	flashAttnType     int32
	ropeFreqBase      float32
	ropeFreqScale     float32
	yarnExtFactor     float32
	yarnAttnFactor    float32
	yarnBetaFast      float32
	yarnBetaSlow      float32
	yarnOrigCtx       uint32
	defragThold       float32
	cbEval            uintptr
	cbEvalUserData    uintptr
	typeK             int32
	typeV             int32
	abortCallback     uintptr
	abortCallbackData uintptr
	embeddings        bool
	offloadKQV        bool
	noPerf            bool
	opOffload         bool
	swaFull           bool
	kvUnified         bool
	_                 [2]byte
	samplers          uintptr
	nSamplers         uint64
	ctxOther          uintptr
}

// roomy is what a C function returns by value, with room for a struct of another
// release that is larger: it would be written beyond its end otherwise, before checkABI
// could find it out.
type roomy[T any] struct {
	_      structs.HostLayout
	params T
	_      [64]uint64
}

// batch is struct llama_batch.
type batch struct {
	_       structs.HostLayout
	nTokens int32
	_       int32
	token   *int32
	embd    *float32
	pos     *int32
	nSeqID  *int32
	seqID   **int32
	logits  *int8
}

// Values of llama.h's enums that this package uses.
const (
	poolingUnspecified = -1
	flashAttnDisabled  = 0
	loadModeMMap       = 1
	ggmlTypeF16        = 1
)
