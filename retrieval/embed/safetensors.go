package embed

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
)

// maxSafetensorsHeader bounds the header of a safetensors file; real ones have some
// kilobytes.
const maxSafetensorsHeader = 16 << 20

// A safetensorsFile gives the tensors of a safetensors file: eight bytes with the
// header's length, a JSON header, then the data.
type safetensorsFile struct {
	path    string
	file    *os.File
	start   int64 // of the data
	size    int64 // of the data
	tensors map[string]safetensor
}

type safetensor struct {
	Type    string   `json:"dtype"`
	Shape   []int64  `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"`
}

func openSafetensors(path string) (*safetensorsFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	s := &safetensorsFile{path: path, file: file}
	if err := s.readHeader(); err != nil {
		file.Close()
		return nil, fmt.Errorf("read safetensors file %s: %w", path, err)
	}
	return s, nil
}

func (s *safetensorsFile) readHeader() error {
	var length uint64
	if err := binary.Read(s.file, binary.LittleEndian, &length); err != nil {
		return err
	}
	if length > maxSafetensorsHeader {
		return fmt.Errorf("a header of %d bytes is no safetensors header", length)
	}
	header := make([]byte, length)
	if _, err := io.ReadFull(s.file, header); err != nil {
		return err
	}
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(header, &entries); err != nil {
		return err
	}
	info, err := s.file.Stat()
	if err != nil {
		return err
	}
	s.start = int64(8 + length)
	s.size = info.Size() - s.start
	s.tensors = map[string]safetensor{}
	for name, raw := range entries {
		if name == "__metadata__" {
			continue
		}
		var t safetensor
		if err := json.Unmarshal(raw, &t); err != nil {
			return fmt.Errorf("tensor %s: %w", name, err)
		}
		s.tensors[name] = t
	}
	return nil
}

// float32s reads a tensor of 32-bit floats, which must have the shape.
func (s *safetensorsFile) float32s(name string, shape ...int64) ([]float32, error) {
	t, ok := s.tensors[name]
	if !ok {
		return nil, fmt.Errorf("read safetensors file %s: no tensor %s", s.path, name)
	}
	count := int64(1)
	for _, n := range shape {
		count *= n
	}
	if t.Type != "F32" || fmt.Sprint(t.Shape) != fmt.Sprint(shape) || t.Offsets[1]-t.Offsets[0] != 4*count {
		return nil, fmt.Errorf("read safetensors file %s: tensor %s is %s %v, expected F32 %v", s.path, name, t.Type, t.Shape, shape)
	}
	if t.Offsets[0] < 0 || t.Offsets[1] > s.size {
		return nil, fmt.Errorf("read safetensors file %s: tensor %s lies at %d to %d of %d bytes of data", s.path, name, t.Offsets[0], t.Offsets[1], s.size)
	}
	data := make([]byte, 4*count)
	if _, err := s.file.ReadAt(data, s.start+t.Offsets[0]); err != nil {
		return nil, fmt.Errorf("read safetensors file %s: tensor %s: %w", s.path, name, err)
	}
	values := make([]float32, count)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		if x := float64(values[i]); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("read safetensors file %s: tensor %s: value %d is %v", s.path, name, i, x)
		}
	}
	return values, nil
}

func (s *safetensorsFile) Close() error { return s.file.Close() }
