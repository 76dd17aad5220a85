/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What each system call becomes. Three tables, all read-only data of the object:
 *  calls         number of the call -> PPM_SC code, event types, arguments (generated)
 *  event_params  event type -> number of parameters (generated)
 *  layouts       event type -> the program that writes it and, for "plain" ones, how each parameter is made
 * A driver that may not have data of its own defines TABLE and TABLE_ROW.
 */
#ifndef SYSCOPE_TABLES_H
#define SYSCOPE_TABLES_H

#include "interface.h"
#include "driver.h"
#include "syscope_schema.h"

#if !defined(TABLE)
#define TABLE(type, name, size) static const type name[size] =
#define TABLE_ROW(name, index) (&name[index])	/* NULL is possible where a driver says so */
#endif

/* Tracepoints that are switched like calls have codes of the same numbering. */
#define PPM_SC_UNKNOWN 0
#define PPM_SC_TP_PROCESS_EXIT 396
#define PPM_SC_TP_SWITCH 397
#define PPM_SC_TP_PAGE_FAULT_USER 398
#define PPM_SC_TP_PAGE_FAULT_KERNEL 399
#define PPM_SC_TP_SIGNAL_DELIVER 400

#define CALLS_SIZE 512
#define CALLS_MASK (CALLS_SIZE - 1)

#define NO_EVENT 0xffff	/* the generated tables' -1 */

struct call {
	u16 sc;
	u16 enter;
	u16 exit;
	u8 nargs;
	u8 texts;	/* bit i: argument i is a text */
	u8 outputs;	/* bit i: argument i is a buffer that the call fills with as many bytes as its result says */
	u8 spare;
};

#define CALL_ROW(number, code, enter_event, exit_event, count, in, out)                                             \
	[number] = {.sc = code, .enter = enter_event, .exit = exit_event, .nargs = count, .texts = in, .outputs = out},

/* Numbers without a row: generic, six arguments. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
TABLE(struct call, calls, CALLS_SIZE) {
	[0 ... CALLS_SIZE - 1] = {PPM_SC_UNKNOWN, PPME_GENERIC_E, PPME_GENERIC_X, 6, 0, 0, 0},
#if defined(SYSCOPE_X86_64)
	SYSCOPE_SYSCALLS_X86_64(CALL_ROW)
#else
	SYSCOPE_SYSCALLS_AARCH64(CALL_ROW)
#endif
};

#if defined(SYSCOPE_X86_64)
/* The same for 32-bit programs. */
TABLE(struct call, calls_ia32, CALLS_SIZE) {
	[0 ... CALLS_SIZE - 1] = {PPM_SC_UNKNOWN, PPME_GENERIC_E, PPME_GENERIC_X, 6, 0, 0, 0},
	SYSCOPE_SYSCALLS_IA32(CALL_ROW)
};

/* Calls that 32-bit programs make through socketcall(2), by its first argument. */
#define PPM_SC_SEND_IA32 395
#define PPM_SC_RECV_IA32 394
#define SOCKET_ROW(number, code, event) \
	[number] = {.sc = PPM_SC_##code, .enter = PPME_SOCKET_##event##_E, .exit = PPME_SOCKET_##event##_X, .nargs = 6},

TABLE(struct call, calls_socket, 32) {
	SOCKET_ROW(1, SOCKET, SOCKET)
	SOCKET_ROW(2, BIND, BIND)
	SOCKET_ROW(3, CONNECT, CONNECT)
	SOCKET_ROW(4, LISTEN, LISTEN)
	SOCKET_ROW(5, ACCEPT, ACCEPT_5)
	SOCKET_ROW(6, GETSOCKNAME, GETSOCKNAME)
	SOCKET_ROW(7, GETPEERNAME, GETPEERNAME)
	SOCKET_ROW(8, SOCKETPAIR, SOCKETPAIR)
	SOCKET_ROW(9, SEND_IA32, SEND)
	SOCKET_ROW(10, RECV_IA32, RECV)
	SOCKET_ROW(11, SENDTO, SENDTO)
	SOCKET_ROW(12, RECVFROM, RECVFROM)
	SOCKET_ROW(13, SHUTDOWN, SHUTDOWN)
	SOCKET_ROW(14, SETSOCKOPT, SETSOCKOPT)
	SOCKET_ROW(15, GETSOCKOPT, GETSOCKOPT)
	SOCKET_ROW(16, SENDMSG, SENDMSG)
	SOCKET_ROW(17, RECVMSG, RECVMSG)
	SOCKET_ROW(18, ACCEPT4, ACCEPT4_6)
	SOCKET_ROW(19, RECVMMSG, RECVMMSG)
	SOCKET_ROW(20, SENDMMSG, SENDMMSG)
};

/* Numbers of 32-bit calls that pass their arguments in ways of their own. */
#define IA32_OLD_SELECT 82
#define IA32_OLD_MMAP 90
#define IA32_SOCKETCALL 102
#define IA32_PREAD64 180
#define IA32_PWRITE64 181
#define IA32_SENDFILE 187
#define IA32_TRUNCATE64 193
#define IA32_FTRUNCATE64 194
#define IA32_READAHEAD 225
#define IA32_FALLOCATE 324
#define IA32_PREADV 333
#define IA32_PWRITEV 334
#define IA32_TIME64_FIRST 403	/* from here on times have 64 bits */
#endif
#pragma GCC diagnostic pop

#define EVENT_TYPES 512
#define EVENT_TYPE_MASK (EVENT_TYPES - 1)

#define PARAMS_ROW(type, count) [type] = count,

TABLE(u8, event_params, EVENT_TYPES) {SYSCOPE_EVENT_PARAMS(PARAMS_ROW)};

/* How a parameter is made. "arg" is the number of the argument of the call. */
enum kind {
	KIND_END,
	KIND_RET,	/* the result, 8 bytes */
	KIND_RET32,	/* the result, 4 bytes */
	KIND_INT,	/* int widened to 8 bytes with its sign: fds, pids */
	KIND_U64,
	KIND_U32,
	KIND_U16,
	KIND_U8,
	KIND_TEXT,	/* string in user memory */
	KIND_TEXT_OK,	/* string that the call has written, if it succeeded */
	KIND_FLAGS32,	/* converted by "conv" */
	KIND_FLAGS16,
	KIND_FLAGS8,
	KIND_MEMORY,	/* three parameters: vm_size, vm_rss, vm_swap in KiB */
	KIND_DATA_IN,	/* what the call has read into the buffer arg: result bytes, up to snaplen */
	KIND_DATA_OUT,	/* what the call was to write from the buffer arg, length in the next argument, up to snaplen */
	KIND_TIMESPEC,	/* timespec in user memory as ns */
	KIND_DEREF32,	/* u32 in user memory */
	KIND_DEREF64,	/* u64 in user memory, 0 without a pointer */
	KIND_SAVED,	/* u64 in user memory as it was at the entry (saved[conv]), for what the call writes back to */
	KIND_SIGSET,	/* first 32 signals of a set in user memory */
	KIND_ZERO32,	/* nothing that the call has: zero */
	KIND_ZERO8,
	KIND_HIGH_LOW,	/* argument arg is the upper, the next the lower half of a u64 */
	KIND_OPEN_MODE,	/* permission bits in the argument behind the open flags arg */
	KIND_DEV,	/* device number as stat(2) shows it */
};

enum conversion {
	CONV_SAME,
	CONV_FD_FLAGS,
	CONV_PIPE,
	CONV_FAMILY,
	CONV_OPEN,
	CONV_CLONE,
	CONV_PROT,
	CONV_MMAP,
	CONV_MOUNT,
	CONV_SPLICE,
	CONV_ACCESS,
	CONV_FUTEX,
	CONV_FLOCK,
	CONV_WHENCE,
	CONV_SHUTDOWN,
	CONV_FCNTL,
	CONV_SEMGET,
	CONV_DELETE_MODULE,
	CONV_EPOLL_CREATE1,
	CONV_PIDFD_OPEN,
	CONV_FCHOWNAT,
	CONV_BITS_3,	/* the lowest 3 bits */
	CONV_BITS_4,
	CONV_MODE,	/* permission bits */
	CONV_UNLINKAT,
	CONV_LINKAT,
	CONV_STATAT,
	CONV_CLOSE_RANGE,
	CONV_TIMERFD,
	CONV_RLIMIT,
	CONV_SEMCTL,
	CONV_PTRACE,
	CONV_EXECVEAT,
	CONV_QUOTA_COMMAND,
	CONV_QUOTA_TYPE,
	CONV_QUOTA_FORMAT,
};

struct param {
	u8 kind;
	u8 arg;
	u8 conv;
};

#define PLAIN_PARAMS 10

struct layout {
	u16 slot;
	struct param params[PLAIN_PARAMS];
};

#define RET {KIND_RET}
#define RET32 {KIND_RET32}
#define INT(a) {KIND_INT, a}
#define FD(a) {KIND_INT, a}
#define PID(a) {KIND_INT, a}
#define U64(a) {KIND_U64, a}
#define U32(a) {KIND_U32, a}
#define U16(a) {KIND_U16, a}
#define U8(a) {KIND_U8, a}
#define TEXT(a) {KIND_TEXT, a}
#define FLAGS32(conv, a) {KIND_FLAGS32, a, CONV_##conv}
#define FLAGS16(conv, a) {KIND_FLAGS16, a, CONV_##conv}
#define FLAGS8(conv, a) {KIND_FLAGS8, a, CONV_##conv}
#define MEMORY {KIND_MEMORY}
#define SIZED(kind, a) {KIND_##kind, a}
#define SAVED(a, place) {KIND_SAVED, a, place}
#define ZERO32 {KIND_ZERO32}
#define ZERO8 {KIND_ZERO8}
#define NOTHING {KIND_END}

#if !defined(PLAIN_SLOT)
#define PLAIN_SLOT(type) SYSCOPE_SLOT_PLAIN
#endif
#define PLAIN(event, ...) [PPME_##event] = {PLAIN_SLOT(PPME_##event), {__VA_ARGS__}},
#define SPECIAL(event, name) [PPME_##event] = {SYSCOPE_SLOT_##name},

TABLE(struct layout, layouts, EVENT_TYPES) {
#include "layouts.h"
};

#undef PLAIN
#undef SPECIAL

#endif
