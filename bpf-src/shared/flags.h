/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The kernel's flags and numbers turned into those of the event format (tables of the generated schema header). The
 * kernel's values are written as numbers: they are user interface and do not change, and so this compiles alike in an
 * eBPF object without kernel headers and in a kernel module. Bits that the format has no name for are dropped.
 */
#ifndef SYSCOPE_FLAGS_H
#define SYSCOPE_FLAGS_H

#include "syscope_schema.h"

/* Bit or bits of the kernel, name in the format's table. */
#define BITS(from, table, name) (((v) & (from)) == (from) ? PPM_##table##_##name : 0)

#if defined(__TARGET_ARCH_arm64) || defined(__aarch64__)
#define SYSCOPE_O_DIRECTORY 0x4000
#define SYSCOPE_O_DIRECT 0x10000
#define SYSCOPE_O_LARGEFILE 0x20000
#else
#define SYSCOPE_O_DIRECTORY 0x10000
#define SYSCOPE_O_DIRECT 0x4000
#define SYSCOPE_O_LARGEFILE 0x8000
#endif
#define SYSCOPE_O_CREAT 0x40
#define SYSCOPE_O_TMPFILE 0x400000	/* the bit alone, without O_DIRECTORY */
#define SYSCOPE_O_NONBLOCK 0x800
#define SYSCOPE_O_CLOEXEC 0x80000

static inline __attribute__((always_inline)) unsigned int convert_open(unsigned long long v)
{
	unsigned int access = (v & 3) == 1 ? PPM_FILE_FLAGS_O_WRONLY :
			      (v & 3) == 2 ? PPM_FILE_FLAGS_O_RDWR : PPM_FILE_FLAGS_O_RDONLY;

	return access |
	       BITS(SYSCOPE_O_CREAT, FILE_FLAGS, O_CREAT) |
	       BITS(0x80, FILE_FLAGS, O_EXCL) |
	       BITS(0x200, FILE_FLAGS, O_TRUNC) |
	       BITS(0x400, FILE_FLAGS, O_APPEND) |
	       BITS(SYSCOPE_O_NONBLOCK, FILE_FLAGS, O_NONBLOCK) |
	       BITS(0x1000, FILE_FLAGS, O_DSYNC) |
	       BITS(0x100000, FILE_FLAGS, O_SYNC) |
	       BITS(SYSCOPE_O_DIRECT, FILE_FLAGS, O_DIRECT) |
	       BITS(SYSCOPE_O_DIRECTORY, FILE_FLAGS, O_DIRECTORY) |
	       BITS(SYSCOPE_O_LARGEFILE, FILE_FLAGS, O_LARGEFILE) |
	       BITS(SYSCOPE_O_CLOEXEC, FILE_FLAGS, O_CLOEXEC) |
	       BITS(SYSCOPE_O_TMPFILE, FILE_FLAGS, O_TMPFILE);
}

/* Permission bits of a call that may create a file: unused, hence 0, where it does not. */
static inline __attribute__((always_inline)) unsigned int convert_open_mode(unsigned long long flags,
									    unsigned long long mode)
{
	return flags & (SYSCOPE_O_CREAT | SYSCOPE_O_TMPFILE) ? mode & 07777 : 0;
}

/* SOCK_CLOEXEC and SOCK_NONBLOCK, EFD_, SFD_, IN_, TFD_, PIDFD_: all of them are open's bits. */
static inline __attribute__((always_inline)) unsigned int convert_fd_flags(unsigned long long v)
{
	return BITS(SYSCOPE_O_NONBLOCK, FILE_FLAGS, O_NONBLOCK) | BITS(SYSCOPE_O_CLOEXEC, FILE_FLAGS, O_CLOEXEC);
}

static inline __attribute__((always_inline)) unsigned int convert_pipe_flags(unsigned long long v)
{
	return convert_fd_flags(v) | BITS(SYSCOPE_O_DIRECT, FILE_FLAGS, O_DIRECT);
}

static inline __attribute__((always_inline)) unsigned int convert_clone(unsigned long long v)
{
	return BITS(0x100, CLONE_FLAGS, CLONE_VM) |
	       BITS(0x200, CLONE_FLAGS, CLONE_FS) |
	       BITS(0x400, CLONE_FLAGS, CLONE_FILES) |
	       BITS(0x800, CLONE_FLAGS, CLONE_SIGHAND) |
	       BITS(0x2000, CLONE_FLAGS, CLONE_PTRACE) |
	       BITS(0x4000, CLONE_FLAGS, CLONE_VFORK) |
	       BITS(0x8000, CLONE_FLAGS, CLONE_PARENT) |
	       BITS(0x10000, CLONE_FLAGS, CLONE_THREAD) |
	       BITS(0x20000, CLONE_FLAGS, CLONE_NEWNS) |
	       BITS(0x40000, CLONE_FLAGS, CLONE_SYSVSEM) |
	       BITS(0x80000, CLONE_FLAGS, CLONE_SETTLS) |
	       BITS(0x100000, CLONE_FLAGS, CLONE_PARENT_SETTID) |
	       BITS(0x200000, CLONE_FLAGS, CLONE_CHILD_CLEARTID) |
	       BITS(0x800000, CLONE_FLAGS, CLONE_UNTRACED) |
	       BITS(0x1000000, CLONE_FLAGS, CLONE_CHILD_SETTID) |
	       BITS(0x2000000, CLONE_FLAGS, CLONE_NEWCGROUP) |
	       BITS(0x4000000, CLONE_FLAGS, CLONE_NEWUTS) |
	       BITS(0x8000000, CLONE_FLAGS, CLONE_NEWIPC) |
	       BITS(0x10000000, CLONE_FLAGS, CLONE_NEWUSER) |
	       BITS(0x20000000, CLONE_FLAGS, CLONE_NEWPID) |
	       BITS(0x40000000, CLONE_FLAGS, CLONE_NEWNET) |
	       BITS(0x80000000U, CLONE_FLAGS, CLONE_IO);
}

static inline __attribute__((always_inline)) unsigned int convert_prot(unsigned long long v)
{
	return (v & 0xf) |
	       BITS(0x10, PROT_FLAGS, PROT_SAO) |
	       BITS(0x1000000, PROT_FLAGS, PROT_GROWSDOWN) |
	       BITS(0x2000000, PROT_FLAGS, PROT_GROWSUP);
}

static inline __attribute__((always_inline)) unsigned int convert_mmap(unsigned long long v)
{
	/* MAP_SHARED_VALIDATE is 3, both bits, and means a shared mapping. */
	unsigned int type = (v & 0xf) == 3 ? PPM_MMAP_FLAGS_MAP_SHARED : v & 3;

	return type |
	       BITS(0x10, MMAP_FLAGS, MAP_FIXED) |
	       BITS(0x20, MMAP_FLAGS, MAP_ANONYMOUS) |
#if !defined(__TARGET_ARCH_arm64) && !defined(__aarch64__)
	       BITS(0x40, MMAP_FLAGS, MAP_32BIT) |
#endif
	       BITS(0x100, MMAP_FLAGS, MAP_GROWSDOWN) |
	       BITS(0x800, MMAP_FLAGS, MAP_DENYWRITE) |
	       BITS(0x1000, MMAP_FLAGS, MAP_EXECUTABLE) |
	       BITS(0x2000, MMAP_FLAGS, MAP_LOCKED) |
	       BITS(0x4000, MMAP_FLAGS, MAP_NORESERVE) |
	       BITS(0x8000, MMAP_FLAGS, MAP_POPULATE) |
	       BITS(0x10000, MMAP_FLAGS, MAP_NONBLOCK);
}

/* The magic number that very old programs put into the upper half is taken away. */
static inline __attribute__((always_inline)) unsigned int convert_mount(unsigned long long v)
{
	return (v & 0xffff0000U) == 0xc0ed0000U ? v & 0xffff : v;
}

static inline __attribute__((always_inline)) unsigned int convert_splice(unsigned long long v)
{
	return BITS(1, SPLICE_FLAGS, SPLICE_F_MOVE) |
	       BITS(2, SPLICE_FLAGS, SPLICE_F_NONBLOCK) |
	       BITS(4, SPLICE_FLAGS, SPLICE_F_MORE) |
	       BITS(8, SPLICE_FLAGS, SPLICE_F_GIFT);
}

static inline __attribute__((always_inline)) unsigned int convert_openat2_resolve(unsigned long long v)
{
	return BITS(1, OPENAT2_FLAGS, RESOLVE_NO_XDEV) |
	       BITS(2, OPENAT2_FLAGS, RESOLVE_NO_MAGICLINKS) |
	       BITS(4, OPENAT2_FLAGS, RESOLVE_NO_SYMLINKS) |
	       BITS(8, OPENAT2_FLAGS, RESOLVE_BENEATH) |
	       BITS(0x10, OPENAT2_FLAGS, RESOLVE_IN_ROOT) |
	       BITS(0x20, OPENAT2_FLAGS, RESOLVE_CACHED);
}

static inline __attribute__((always_inline)) unsigned int convert_access(unsigned long long v)
{
	return v & 7;	/* R_OK 4, W_OK 2, X_OK 1 on both sides */
}

static inline __attribute__((always_inline)) unsigned int convert_futex(unsigned long long v)
{
	unsigned int operation = v & 0x7f;

	return (operation <= PPM_FUTEX_OPERATIONS_FUTEX_CMP_REQUEUE_PI ? operation : 0) | (v & 0x180);
}

static inline __attribute__((always_inline)) unsigned int convert_flock(unsigned long long v)
{
	return BITS(1, FLOCK_FLAGS, LOCK_SH) |
	       BITS(2, FLOCK_FLAGS, LOCK_EX) |
	       BITS(4, FLOCK_FLAGS, LOCK_NB) |
	       BITS(8, FLOCK_FLAGS, LOCK_UN);
}

static inline __attribute__((always_inline)) unsigned int convert_whence(unsigned long long v)
{
	return v <= 2 ? v : 0;
}

static inline __attribute__((always_inline)) unsigned int convert_shutdown(unsigned long long v)
{
	return v <= 2 ? v : (unsigned char)PPM_SHUTDOWN_HOW_SHUT_UNKNOWN;
}

static inline __attribute__((always_inline)) unsigned int convert_rlimit(unsigned long long v)
{
	return (unsigned int)v <= PPM_RLIMIT_RESOURCES_RLIMIT_RTTIME ? v : PPM_RLIMIT_RESOURCES_RLIMIT_UNKNOWN;
}

static inline __attribute__((always_inline)) unsigned int convert_fcntl(unsigned long long v)
{
	unsigned int command = v;

	if (command - 36 <= 2)	/* F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW: consecutive on both sides */
		return command - 36 + PPM_FCNTL_COMMANDS_F_OFD_GETLK;
	switch (command) {
	case 0:
		return PPM_FCNTL_COMMANDS_F_DUPFD;
	case 1:
		return PPM_FCNTL_COMMANDS_F_GETFD;
	case 2:
		return PPM_FCNTL_COMMANDS_F_SETFD;
	case 3:
		return PPM_FCNTL_COMMANDS_F_GETFL;
	case 4:
		return PPM_FCNTL_COMMANDS_F_SETFL;
	case 5:
		return PPM_FCNTL_COMMANDS_F_GETLK;
	case 6:
		return PPM_FCNTL_COMMANDS_F_SETLK;
	case 7:
		return PPM_FCNTL_COMMANDS_F_SETLKW;
	case 8:
		return PPM_FCNTL_COMMANDS_F_SETOWN;
	case 9:
		return PPM_FCNTL_COMMANDS_F_GETOWN;
	case 10:
		return PPM_FCNTL_COMMANDS_F_SETSIG;
	case 11:
		return PPM_FCNTL_COMMANDS_F_GETSIG;
	case 12:
		return PPM_FCNTL_COMMANDS_F_GETLK64;
	case 13:
		return PPM_FCNTL_COMMANDS_F_SETLK64;
	case 14:
		return PPM_FCNTL_COMMANDS_F_SETLKW64;
	case 15:
		return PPM_FCNTL_COMMANDS_F_SETOWN_EX;
	case 16:
		return PPM_FCNTL_COMMANDS_F_GETOWN_EX;
	case 1024:
		return PPM_FCNTL_COMMANDS_F_SETLEASE;
	case 1025:
		return PPM_FCNTL_COMMANDS_F_GETLEASE;
	case 1026:
		return PPM_FCNTL_COMMANDS_F_NOTIFY;
	case 1029:
		return PPM_FCNTL_COMMANDS_F_CANCELLK;
	case 1030:
		return PPM_FCNTL_COMMANDS_F_DUPFD_CLOEXEC;
	case 1031:
		return PPM_FCNTL_COMMANDS_F_SETPIPE_SZ;
	case 1032:
		return PPM_FCNTL_COMMANDS_F_GETPIPE_SZ;
	default:
		return PPM_FCNTL_COMMANDS_UNKNOWN;
	}
}

static inline __attribute__((always_inline)) unsigned int convert_semget(unsigned long long v)
{
	return BITS(01000, SEMGET_FLAGS, IPC_CREAT) | BITS(02000, SEMGET_FLAGS, IPC_EXCL);
}

static inline __attribute__((always_inline)) unsigned int convert_semop(unsigned long long v)
{
	return BITS(04000, SEMOP_FLAGS, IPC_NOWAIT) | BITS(0x1000, SEMOP_FLAGS, SEM_UNDO);
}

static inline __attribute__((always_inline)) unsigned int convert_semctl(unsigned long long v)
{
	switch ((unsigned int)v & ~0x100U) {	/* IPC_64, set by 32-bit libraries */
	case 0:
		return PPM_SEMCTL_COMMANDS_IPC_RMID;
	case 1:
		return PPM_SEMCTL_COMMANDS_IPC_SET;
	case 2:
		return PPM_SEMCTL_COMMANDS_IPC_STAT;
	case 3:
		return PPM_SEMCTL_COMMANDS_IPC_INFO;
	case 11:
		return PPM_SEMCTL_COMMANDS_GETPID;
	case 12:
		return PPM_SEMCTL_COMMANDS_GETVAL;
	case 13:
		return PPM_SEMCTL_COMMANDS_GETALL;
	case 14:
		return PPM_SEMCTL_COMMANDS_GETNCNT;
	case 15:
		return PPM_SEMCTL_COMMANDS_GETZCNT;
	case 16:
		return PPM_SEMCTL_COMMANDS_SETVAL;
	case 17:
		return PPM_SEMCTL_COMMANDS_SETALL;
	case 18:
		return PPM_SEMCTL_COMMANDS_SEM_STAT;
	case 19:
		return PPM_SEMCTL_COMMANDS_SEM_INFO;
	default:
		return 0;
	}
}

static inline __attribute__((always_inline)) unsigned int convert_delete_module(unsigned long long v)
{
	return BITS(0x800, DELETE_MODULE_FLAGS, O_NONBLOCK) | BITS(0x200, DELETE_MODULE_FLAGS, O_TRUNC);
}

static inline __attribute__((always_inline)) unsigned int convert_epoll_create1(unsigned long long v)
{
	return BITS(SYSCOPE_O_CLOEXEC, EPOLL_CREATE1_FLAGS, EPOLL_CLOEXEC);
}

static inline __attribute__((always_inline)) unsigned int convert_pidfd_open(unsigned long long v)
{
	return BITS(SYSCOPE_O_NONBLOCK, PIDFD_OPEN_FLAGS, PIDFD_NONBLOCK);
}

static inline __attribute__((always_inline)) unsigned int convert_memfd(unsigned long long v)
{
	return v & 7;
}

static inline __attribute__((always_inline)) unsigned int convert_fchownat(unsigned long long v)
{
	return BITS(0x100, FCHOWNAT_FLAGS, AT_SYMLINK_NOFOLLOW) | BITS(0x1000, FCHOWNAT_FLAGS, AT_EMPTY_PATH);
}

static inline __attribute__((always_inline)) unsigned int convert_execveat(unsigned long long v)
{
	return BITS(0x100, EXECVEAT_FLAGS, AT_SYMLINK_NOFOLLOW) | BITS(0x1000, EXECVEAT_FLAGS, AT_EMPTY_PATH);
}

static inline __attribute__((always_inline)) unsigned int convert_io_uring_setup(unsigned long long v)
{
	return (v & 3) |	/* IOPOLL, SQPOLL */
	       BITS(4, IO_URING_SETUP_FLAGS, IORING_SETUP_SQ_AFF) |
	       BITS(8, IO_URING_SETUP_FLAGS, IORING_SETUP_CQSIZE) |
	       BITS(0x10, IO_URING_SETUP_FLAGS, IORING_SETUP_CLAMP) |
	       BITS(0x20, IO_URING_SETUP_FLAGS, IORING_SETUP_ATTACH_RW) |
	       BITS(0x40, IO_URING_SETUP_FLAGS, IORING_SETUP_R_DISABLED);
}

/* The format keeps the kernel's numbers; the options it has no name for are shown as numbers. */
static inline __attribute__((always_inline)) unsigned int convert_same(unsigned long long v)
{
	return v;
}

static inline __attribute__((always_inline)) unsigned int convert_quota_command(unsigned long long v)
{
	switch ((unsigned int)v >> 8) {
	case 0x800001:
		return PPM_QUOTACTL_CMDS_Q_SYNC;
	case 0x800002:
		return PPM_QUOTACTL_CMDS_Q_QUOTAON;
	case 0x800003:
		return PPM_QUOTACTL_CMDS_Q_QUOTAOFF;
	case 0x800004:
		return PPM_QUOTACTL_CMDS_Q_GETFMT;
	case 0x800005:
		return PPM_QUOTACTL_CMDS_Q_GETINFO;
	case 0x800006:
		return PPM_QUOTACTL_CMDS_Q_SETINFO;
	case 0x800007:
		return PPM_QUOTACTL_CMDS_Q_GETQUOTA;
	case 0x800008:
		return PPM_QUOTACTL_CMDS_Q_SETQUOTA;
	case 0x5801:
		return PPM_QUOTACTL_CMDS_Q_XQUOTAON;
	case 0x5802:
		return PPM_QUOTACTL_CMDS_Q_XQUOTAOFF;
	case 0x5803:
		return PPM_QUOTACTL_CMDS_Q_XGETQUOTA;
	case 0x5804:
		return PPM_QUOTACTL_CMDS_Q_XSETQLIM;
	case 0x5805:
		return PPM_QUOTACTL_CMDS_Q_XGETQSTAT;
	case 0x5806:
		return PPM_QUOTACTL_CMDS_Q_XQUOTARM;
	case 0x5807:
		return PPM_QUOTACTL_CMDS_Q_XQUOTASYNC;
	default:
		return 0;
	}
}

static inline __attribute__((always_inline)) unsigned int convert_quota_format(unsigned long long v)
{
	switch ((unsigned int)v) {
	case 1:
		return PPM_QUOTACTL_QUOTA_FMTS_QFMT_VFS_OLD;
	case 2:
		return PPM_QUOTACTL_QUOTA_FMTS_QFMT_VFS_V0;
	case 4:
		return PPM_QUOTACTL_QUOTA_FMTS_QFMT_VFS_V1;
	default:
		return PPM_QUOTACTL_QUOTA_FMTS_QFMT_NOT_USED;
	}
}

static inline __attribute__((always_inline)) unsigned int convert_quota_type(unsigned long long v)
{
	return (v & 0xff) == 0 ? PPM_QUOTACTL_TYPES_USRQUOTA : (v & 0xff) == 1 ? PPM_QUOTACTL_TYPES_GRPQUOTA : 0;
}

/* Options of SOL_SOCKET; the few that the format numbers differently are those after SO_ATTACH_BPF. */
static inline __attribute__((always_inline)) unsigned int convert_socket_option(unsigned int v)
{
	if (v <= PPM_SOCKOPT_OPTIONS_SO_ATTACH_BPF)
		return v;
	switch (v) {
	case 55:
		return PPM_SOCKOPT_OPTIONS_SO_MEMINFO;
	case 57:
		return PPM_SOCKOPT_OPTIONS_SO_COOKIE;
	case 59:
		return PPM_SOCKOPT_OPTIONS_SO_PEERGROUPS;
	case 63:
		return PPM_SOCKOPT_OPTIONS_SO_TIMESTAMP;
	case 64:
		return PPM_SOCKOPT_OPTIONS_SO_TIMESTAMPNS;
	case 65:
		return PPM_SOCKOPT_OPTIONS_SO_TIMESTAMPING;
	case 66:
		return PPM_SOCKOPT_OPTIONS_SO_RCVTIMEO;
	case 67:
		return PPM_SOCKOPT_OPTIONS_SO_SNDTIMEO;
	default:
		return PPM_SOCKOPT_OPTIONS_UNKNOWN;
	}
}

/* Page fault error code of x86. */
static inline __attribute__((always_inline)) unsigned int convert_page_fault(unsigned long long v)
{
	return (v & 1 ? PPM_PF_FLAGS_PROTECTION_VIOLATION : PPM_PF_FLAGS_PAGE_NOT_PRESENT) |
	       (v & 2 ? PPM_PF_FLAGS_WRITE_ACCESS : PPM_PF_FLAGS_READ_ACCESS) |
	       (v & 4 ? PPM_PF_FLAGS_USER_FAULT : PPM_PF_FLAGS_SUPERVISOR_FAULT) |
	       BITS(8, PF_FLAGS, RESERVED_PAGE) |
	       BITS(0x10, PF_FLAGS, INSTRUCTION_FETCH);
}

static inline __attribute__((always_inline)) unsigned int convert_poll(unsigned long long v)
{
	return (v & 7) |	/* POLLIN, POLLPRI, POLLOUT */
	       BITS(0x8, POLL_FLAGS, POLLERR) |
	       BITS(0x10, POLL_FLAGS, POLLHUP) |
	       BITS(0x20, POLL_FLAGS, POLLNVAL) |
	       BITS(0x40, POLL_FLAGS, POLLRDNORM) |
	       BITS(0x80, POLL_FLAGS, POLLRDBAND) |
	       BITS(0x100, POLL_FLAGS, POLLWRNORM) |
	       BITS(0x200, POLL_FLAGS, POLLWRBAND) |
	       BITS(0x2000, POLL_FLAGS, POLLRDHUP);
}

static inline __attribute__((always_inline)) unsigned int convert_ptrace_request(unsigned long long v)
{
	unsigned int request = v;

	if (request - 0x4200 <= 0xb)	/* PTRACE_SETOPTIONS ... PTRACE_SETSIGMASK: consecutive on both sides */
		return request - 0x4200 + PPM_PTRACE_REQUESTS_PTRACE_SETOPTIONS;
	switch (request) {
	case 0:
		return PPM_PTRACE_REQUESTS_PTRACE_TRACEME;
	case 1:
		return PPM_PTRACE_REQUESTS_PTRACE_PEEKTEXT;
	case 2:
		return PPM_PTRACE_REQUESTS_PTRACE_PEEKDATA;
	case 3:
		return PPM_PTRACE_REQUESTS_PTRACE_PEEKUSR;
	case 4:
		return PPM_PTRACE_REQUESTS_PTRACE_POKETEXT;
	case 5:
		return PPM_PTRACE_REQUESTS_PTRACE_POKEDATA;
	case 6:
		return PPM_PTRACE_REQUESTS_PTRACE_POKEUSR;
	case 7:
		return PPM_PTRACE_REQUESTS_PTRACE_CONT;
	case 8:
		return PPM_PTRACE_REQUESTS_PTRACE_KILL;
	case 9:
		return PPM_PTRACE_REQUESTS_PTRACE_SINGLESTEP;
	case 12:
		return PPM_PTRACE_REQUESTS_PTRACE_GETREGS;
	case 13:
		return PPM_PTRACE_REQUESTS_PTRACE_SETREGS;
	case 14:
		return PPM_PTRACE_REQUESTS_PTRACE_GETFPREGS;
	case 15:
		return PPM_PTRACE_REQUESTS_PTRACE_SETFPREGS;
	case 16:
		return PPM_PTRACE_REQUESTS_PTRACE_ATTACH;
	case 17:
		return PPM_PTRACE_REQUESTS_PTRACE_DETACH;
	case 18:
		return PPM_PTRACE_REQUESTS_PTRACE_GETFPXREGS;
	case 19:
		return PPM_PTRACE_REQUESTS_PTRACE_SETFPXREGS;
	case 21:
		return PPM_PTRACE_REQUESTS_PTRACE_OLDSETOPTIONS;
	case 24:
		return PPM_PTRACE_REQUESTS_PTRACE_SYSCALL;
	case 25:
		return PPM_PTRACE_REQUESTS_PTRACE_GET_THREAD_AREA;
	case 26:
		return PPM_PTRACE_REQUESTS_PTRACE_SET_THREAD_AREA;
	case 30:
		return PPM_PTRACE_REQUESTS_PTRACE_ARCH_PRCTL;
	case 31:
		return PPM_PTRACE_REQUESTS_PTRACE_SYSEMU;
	case 32:
		return PPM_PTRACE_REQUESTS_PTRACE_SYSEMU_SINGLESTEP;
	case 33:
		return PPM_PTRACE_REQUESTS_PTRACE_SINGLEBLOCK;
	default:
		return PPM_PTRACE_REQUESTS_PTRACE_UNKNOWN;
	}
}

#endif
