#include "textflag.h"

// func nearer6POPCNT(codes *[64][6]uint64, query *[6]uint64, cut int) (mask uint64)
TEXT ·nearer6POPCNT(SB), NOSPLIT, $0-32
	MOVQ codes+0(FP), SI
	MOVQ query+8(FP), DI
	MOVQ cut+16(FP), BX
	MOVQ 0(DI), R8
	MOVQ 8(DI), R9
	MOVQ 16(DI), R10
	MOVQ 24(DI), R11
	MOVQ 32(DI), R12
	MOVQ 40(DI), R13
	MOVQ $64, DI
	XORQ AX, AX

code:
	MOVQ    R8, CX
	XORQ    0(SI), CX
	POPCNTQ CX, CX
	MOVQ    R9, DX
	XORQ    8(SI), DX
	POPCNTQ DX, DX
	ADDQ    DX, CX
	MOVQ    R10, DX
	XORQ    16(SI), DX
	POPCNTQ DX, DX
	ADDQ    DX, CX
	MOVQ    R11, DX
	XORQ    24(SI), DX
	POPCNTQ DX, DX
	ADDQ    DX, CX
	MOVQ    R12, DX
	XORQ    32(SI), DX
	POPCNTQ DX, DX
	ADDQ    DX, CX
	MOVQ    R13, DX
	XORQ    40(SI), DX
	POPCNTQ DX, DX
	ADDQ    DX, CX
	CMPQ    CX, BX           // the carry says that it is nearer, and goes in from the left
	RCRQ    $1, AX
	ADDQ    $48, SI
	DECQ    DI
	JNZ     code

	MOVQ AX, mask+24(FP)
	RET

// func productAVX2(row *int8, numbers *int16, sixteens int) (sum int32)
TEXT ·productAVX2(SB), NOSPLIT, $0-28
	MOVQ  row+0(FP), SI
	MOVQ  numbers+8(FP), DI
	MOVQ  sixteens+16(FP), CX
	VPXOR Y0, Y0, Y0

sixteen:
	VPMOVSXBW (SI), Y1
	VPMADDWD  (DI), Y1, Y1
	VPADDD    Y1, Y0, Y0
	ADDQ      $16, SI
	ADDQ      $32, DI
	DECQ      CX
	JNZ       sixteen

	VEXTRACTI128 $1, Y0, X1
	VPADDD       X1, X0, X0
	VPSHUFD      $0x4E, X0, X1
	VPADDD       X1, X0, X0
	VPSHUFD      $0xB1, X0, X1
	VPADDD       X1, X0, X0
	VMOVD        X0, AX
	VZEROUPPER
	MOVL         AX, sum+24(FP)
	RET
