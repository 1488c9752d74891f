package embed

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// safetensors is a file with the header and data.
func safetensors(header string, data ...float32) []byte {
	file := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	file = append(file, header...)
	for _, x := range data {
		file = binary.LittleEndian.AppendUint32(file, math.Float32bits(x))
	}
	return file
}

func TestSafetensors(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	for name, test := range map[string]struct {
		file  []byte
		wrong string // part of the error, where one is expected
	}{
		"right":             {safetensors(`{"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[2,1],"data_offsets":[4,12]}}`, 9, 1, 2), ""},
		"another tensor":    {safetensors(`{"y":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}`, 1, 2), "no tensor x"},
		"another type":      {safetensors(`{"x":{"dtype":"I32","shape":[2,1],"data_offsets":[0,8]}}`, 1, 2), "I32 [2 1], expected F32 [2 1]"},
		"another shape":     {safetensors(`{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 1, 2), "F32 [2], expected F32 [2 1]"},
		"too few bytes":     {safetensors(`{"x":{"dtype":"F32","shape":[2,1],"data_offsets":[0,4]}}`, 1, 2), "expected"},
		"before the data":   {safetensors(`{"x":{"dtype":"F32","shape":[2,1],"data_offsets":[-8,0]}}`, 1, 2), "lies at -8"},
		"behind the data":   {safetensors(`{"x":{"dtype":"F32","shape":[2,1],"data_offsets":[4,12]}}`, 1, 2), "of 8 bytes of data"},
		"far behind":        {safetensors(`{"x":{"dtype":"F32","shape":[2,1],"data_offsets":[9223372036854775799,9223372036854775807]}}`, 1, 2), "bytes of data"},
		"offsets that wrap": {safetensors(`{"x":{"dtype":"F32","shape":[2,1],"data_offsets":[9223372036854775804,-9223372036854775804]}}`, 1, 2), "x"},
		"no number":         {safetensors(`{"x":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}`, 1, nan), "value 1 is NaN"},
		"infinity":          {safetensors(`{"x":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}`, inf, 1), "value 0 is -Inf"},
		"no object":         {safetensors(`{"x":5}`), "tensor x"},
		"a list":            {safetensors(`[]`), "read safetensors file"},
		"an empty header":   {safetensors(``), "read safetensors file"},
		"shorter than 8":    {[]byte{1, 2, 3}, "unexpected EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file.safetensors")
			if err := os.WriteFile(path, test.file, 0o644); err != nil {
				t.Fatal(err)
			}
			values, err := readTensor(path)
			switch {
			case test.wrong == "" && (err != nil || !slices.Equal(values, []float32{1, 2})):
				t.Errorf("got %v, %v", values, err)
			case test.wrong != "" && (err == nil || !strings.Contains(err.Error(), test.wrong) || !strings.Contains(err.Error(), path)):
				t.Errorf("got the error %v, want one with %q and the path", err, test.wrong)
			}
		})
	}
}

// readTensor reads the tensor x of two rows and one column.
func readTensor(path string) ([]float32, error) {
	file, err := openSafetensors(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return file.float32s("x", 2, 1)
}

func FuzzSafetensors(f *testing.F) {
	f.Add(safetensors(`{"x":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}`, 1, 2))
	f.Add(safetensors(`{"x":{"dtype":"F32","shape":[2,1],"data_offsets":[-9,-1]}}`, 1, 2))
	f.Add(safetensors(`{"__metadata__":{},"x":null}`))
	f.Add([]byte("\xff\xff\xff\x00\x00\x00\x00\x00{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "file.safetensors")
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		values, err := readTensor(path)
		if err == nil && len(values) != 2 {
			t.Errorf("%d values of a tensor of two", len(values))
		}
	})
}
