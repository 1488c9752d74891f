package sandbox

import "golang.org/x/sys/unix"

// auditArch is the machine whose system calls the filter knows.
const auditArch = unix.AUDIT_ARCH_AARCH64

// machineDenied are rules for calls that only this machine has: none.
var machineDenied []rule
