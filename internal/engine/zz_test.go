package engine_test
import ("testing";"os";"math/rand/v2";"path/filepath";"github.com/seccoder/seccoder/internal/engine";"time";"bytes")
func TestZZFlips(t *testing.T){
 o:=options(t); whole,_:=os.ReadFile(o.ModelPath)
 end:=bytes.Index(whole,[]byte("blk.29.ffn_up"))+100
 r:=rand.New(rand.NewPCG(uint64(time.Now().UnixNano()),2)); kinds:=map[string]int{}
 for range 60 {
  d:=append([]byte(nil),whole...)
  lo,hi:=8,end
  if r.IntN(2)==0 {hi=2000} else if r.IntN(2)==0 {lo=end-20000}
  for range 1+r.IntN(3){d[lo+r.IntN(hi-lo)]=byte(r.IntN(256))}
  o.ModelPath=filepath.Join(t.TempDir(),"m.gguf"); os.WriteFile(o.ModelPath,d,0o644)
  e:=engine.New(o); s:=time.Now()
  _,err:=generate(t.Context(),e,engine.Generation{Prefix:prefix,N:2,MaxTokens:3,Temperature:1,TopP:1},nil)
  k:="ok"; if err!=nil {k=err.Error(); if i:=bytes.Index([]byte(k),[]byte("m.gguf"));i>0{k=k[i:]}; if len(k)>200{k=k[:200]}}
  kinds[k]++; if time.Since(s)>5*time.Second{t.Log("slow",time.Since(s),k)}
  e.Close(); os.Remove(o.ModelPath)
 }
 for k,n:=range kinds{t.Log(n,k)}
}
