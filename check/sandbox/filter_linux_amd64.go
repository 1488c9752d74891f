package sandbox

import "golang.org/x/sys/unix"

// auditArch is the machine whose system calls the filter knows.
const auditArch = unix.AUDIT_ARCH_X86_64

// machineDenied are rules for calls that only this machine has.
var machineDenied = []rule{
	{call: unix.SYS_IOPL, error: unix.EPERM},
	{call: unix.SYS_IOPERM, error: unix.EPERM},
	{call: unix.SYS_MODIFY_LDT, error: unix.EPERM},
	{call: unix.SYS_USELIB, error: unix.ENOSYS},
	{unix.SYS_CHMOD, unix.EPERM, []test{{arg: 1, mask: setIDBits, not: true}}},
	{unix.SYS_CREAT, unix.EPERM, []test{{arg: 1, mask: setIDBits, not: true}}},
	{unix.SYS_MKNOD, unix.EPERM, []test{{arg: 1, mask: setIDBits, not: true}}},
	{unix.SYS_OPEN, unix.EPERM, []test{{arg: 1, mask: unix.O_CREAT, not: true}, {arg: 2, mask: setIDBits, not: true}}},
}
