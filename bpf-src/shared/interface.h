/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the universal driver and the program that loads it share: map values, switches, tail call slots, the options
 * behind an event. All fields are little-endian and naturally aligned. README.md says how they are used.
 */
#ifndef SYSCOPE_INTERFACE_H
#define SYSCOPE_INTERFACE_H

/* ---- map "settings": one entry, written by the loader, may change at any time ---------------------------------- */

#define SYSCOPE_INTEREST_EXIT 1		/* send the exit event of this call (or the event of this tracepoint) */
#define SYSCOPE_INTEREST_ENTER 2	/* send the enter event of this call */
#define SYSCOPE_INTEREST_STATE 4	/* the call can change what the reader knows of its thread: never muted */
#define SYSCOPE_INTEREST_OPENS 8	/* of io_uring_enter: send the operations that open or close a descriptor */
#define SYSCOPE_INTEREST_SIZE 512	/* PPM_SC codes are 0..453 */

#define SYSCOPE_ONLY_TRACED 1		/* send only what processes of the map "traced" do */
#define SYSCOPE_LATENCY 2		/* the enter hook is attached: append SYSCOPE_TAG_LATENCY */
#define SYSCOPE_ARGUMENTS 4		/* append SYSCOPE_TAG_ARGUMENTS to generic events */

#define SYSCOPE_MUTES 8			/* the map "mutes" is in use */

#define SYSCOPE_SNAPLEN_MAX 60000

struct syscope_settings {
	unsigned long long boot_epoch_ns;	/* added to CLOCK_BOOTTIME: ns since 1970 */
	unsigned long long ring_flags;		/* of bpf_ringbuf_output: 0, 1 no wake-up, 2 wake-up always */
	unsigned int tracer_tgid;		/* pid (initial namespace) that is never traced, 0 for none */
	unsigned int flags;			/* SYSCOPE_ONLY_TRACED ... */
	unsigned int snaplen;			/* bytes of data kept, at most SYSCOPE_SNAPLEN_MAX */
	unsigned int page_shift;		/* log2 of the page size: 12 on x86_64 */
	unsigned char interest[SYSCOPE_INTEREST_SIZE];	/* SYSCOPE_INTEREST_*, by PPM_SC code */
	unsigned long long mono_epoch_ns;	/* universal driver: added to CLOCK_MONOTONIC; grows by each time asleep */
};

/* ---- map "cpus": one entry per possible CPU, written by the programs ------------------------------------------- */

enum syscope_loss {
	SYSCOPE_LOST_RING_FULL,		/* bpf_ringbuf_output refused: the reader is too slow */
	SYSCOPE_LOST_TOO_LARGE,		/* the event did not fit into the scratch space */
	SYSCOPE_LOST_NO_PROGRAM,	/* the tail call failed: the kernel refused that program at load time */
	SYSCOPE_LOST_NO_SCRATCH,	/* the CPU has no ring: it came, or came back, after the start */
	SYSCOPE_LOST_CAUSES
};

struct syscope_cpu {
	unsigned long long seen;	/* events that passed the tests above and were to be sent, and those below */
	unsigned long long sent;	/* events that the ring took, loss notifications not counted */
	unsigned long long lost[SYSCOPE_LOST_CAUSES];	/* seen == sent + sum of lost + untraced + unnoted */
	unsigned long long unreadable;	/* parameters left empty because user memory could not be read */
	unsigned long long no_enter;	/* enter times not kept: the map "threads" is full */
	unsigned long long pending;	/* lost since the last event that the ring took */
	unsigned long long pending_since;	/* time of the first of these, ns since 1970 */
	unsigned long long untraced;	/* children not followed, as the map "traced" is full: the first event of each */
	unsigned long long unnoted;	/* operations of io_uring without event, as the map "requests" is full */
	unsigned long long muted;	/* calls of muted threads that were not sent; not in seen */
	unsigned long long reserved[3];	/* fills two cache lines */
};

/* ---- map "threads": what is known about a thread between the entry and the exit of a call ----------------------- */

struct syscope_thread {
	unsigned long long enter_ns;	/* ns since 1970; 0: not in a call */
	unsigned int nr;		/* kernel's number of the call */
	unsigned int sc;		/* its PPM_SC code */
	unsigned long long saved[2];	/* what the call overwrites (timeout, file offsets) or its child needs (flags) */
};

/*
 * ---- map "entered" (universal driver): the same for most calls, at index tid mod SYSCOPE_ENTERED_SLOTS. A thread that finds
 * its place taken by another one in a call, or is in a call with something to save, stands in "threads". ------------------- */

#define SYSCOPE_ENTERED_SLOTS 65536

struct syscope_entered {
	unsigned long long enter_ns;	/* ns since 1970; 0: not in a call, the place is free */
	unsigned long long call;	/* bits 0..31 tid, 32..47 kernel's number of the call, 48..63 its PPM_SC code */
};

/*
 * ---- map "callers" (universal driver), u64: who makes the call whose registers are at this address, which is the same from the
 * entry to the end of a call and belongs to one task's stack. Spares the end of a call asking the kernel who it is. The address
 * in units of 16 KiB is index (low bits, SYSCOPE_CALLER_SLOTS) and, above the tid, the rest of the word; 0: nobody. One word,
 * so that nobody sees the address of one task with the tid of another; tids are below 2^22. Each entry of a call, wanted or not,
 * empties the place of its stack or puts its own tid there: it is never of a task that was on this stack before. Only calls
 * that stand in "entered", are 64-bit ones, begin no process and no program and do return are put there. ----------------- */

#define SYSCOPE_CALLER_SLOTS 65536
#define SYSCOPE_CALLER_TID 0x3fffff

/*
 * ---- map "mutes": threads of which the reader's filter wants nothing, at index tid mod SYSCOPE_MUTE_SLOTS -----------
 *
 * The reader writes judged: the time (ns since 1970) of the event by which it has judged a thread, with the tid divided by
 * SYSCOPE_MUTE_SLOTS in place of the low 8 bits; tids are below 2^22. One word, so that nobody sees the time of one thread
 * with the number of another. The programs keep changed at or after the last moment at which a thread of this slot did
 * what can change such a judgement, or began, or ended; it never goes back. A thread is muted while judged has its number
 * and is not before changed: a judgement that comes late, or is older than the thread, mutes nobody.
 */

#define SYSCOPE_MUTE_SLOTS 16384
#define SYSCOPE_MUTE_NUMBER 0xffULL

struct syscope_mute {
	unsigned long long judged;	/* 0: nobody */
	unsigned long long changed;
};

/* ---- map "traced": key is the tgid (initial namespace), value is any number but 0 ------------------------------- */

/*
 * ---- map "traced_hints" (universal driver), u64: spares most lookups in "traced". At index tgid mod SYSCOPE_TRACED_HINTS: 0, no
 * such process is in the set; a tgid, this one is in it; for any other process the set itself must be asked. Whoever puts a
 * process into the set writes the hint first; who has been in a place leaves SYSCOPE_ASK_TRACED there, never 0. ------------ */

#define SYSCOPE_TRACED_HINTS 65536
#define SYSCOPE_ASK_TRACED 0xffffffffU

/* ---- records of a ring: this, then the event, then its options. Several CPUs may share a ring. ------------------ */

struct syscope_record {
	unsigned int cpu;
	unsigned int spare;
};

/* ---- options behind an event: at the event's length rounded up to 4, each { u16 tag; u16 length; value; pad to 4 } */

#define SYSCOPE_TAG_LATENCY 1	/* u64 ns from the entry of the call to the event's time */
#define SYSCOPE_TAG_ARGUMENTS 2	/* struct syscope_arguments, then the strings */
#define SYSCOPE_TAG_LOSS 3	/* struct syscope_loss_report */

/* i64 result; u8 count; u8 strings; u16 0; u64 value[count]; strings times { u8 index; u8 kind; u16 length; bytes } */
#define SYSCOPE_ARGUMENTS_HEAD 12
#define SYSCOPE_STRING_TEXT 1		/* text with its NUL, cut at SYSCOPE_STRING_MAX bytes */
#define SYSCOPE_STRING_UNREADABLE 2	/* length 0: the memory could not be read */
#define SYSCOPE_STRING_BYTES 3		/* bytes that the call has written there, cut likewise */
#define SYSCOPE_STRING_MAX 4096

#define SYSCOPE_TAG_IO_URING 4	/* struct syscope_io_uring: the generic event of io_uring_enter is about one operation */

#define SYSCOPE_IO_URING_FIXED_FILE 1	/* fd is an index into the ring's registered files */
#define SYSCOPE_IO_URING_FIXED_RESULT 2	/* what was opened is a registered file, not a descriptor */

struct syscope_io_uring {
	long long result;		/* what the operation gave: bytes, a descriptor, 0 or -errno */
	unsigned long long offset;	/* in the file, all ones for its current position; 0 if there is none */
	unsigned long long user_data;	/* of the submission */
	int fd;				/* as submitted, -1 for none */
	unsigned int length;		/* bytes asked for, 0 if the operation has no such number */
	unsigned char opcode;		/* IORING_OP_* */
	unsigned char flags;		/* SYSCOPE_IO_URING_* */
	unsigned short reserved[3];
};

/*
 * What the fds of a received message (SCM_RIGHTS) are open on, the first SYSCOPE_RECEIVED_MAX of them: entries of this head and
 * then length bytes, unpadded: a path with its NUL, of a socket what a SOCKTUPLE parameter has.
 */
#define SYSCOPE_TAG_RECEIVED 5
#define SYSCOPE_RECEIVED_MAX 8
#define SYSCOPE_RECEIVED_HEAD 24

struct syscope_received {
	int fd;
	unsigned int flags;		/* as open events have them */
	unsigned long long ino;
	unsigned int dev;		/* as stat(2) shows it; of a socket type | state << 8 | protocol << 16 */
	unsigned short mode;		/* of the inode; 0: the path is the name of an anonymous one */
	unsigned short length;
};

struct syscope_loss_report {
	unsigned long long lost;	/* events lost at this place on this CPU */
	unsigned long long since_ns;	/* time of the first of them, ns since 1970 */
};

/*
 * ---- map "exits": slots of the tail call table of sys_exit; map "enters": of sys_enter, where enter_generic has the slot
 * SYSCOPE_SLOT_GENERIC, enter_plain SYSCOPE_SLOT_PLAIN and enter_special SYSCOPE_SLOT_ENTER ------------------------- */

enum syscope_slot {
	SYSCOPE_SLOT_GENERIC,		/* exit_generic: calls without an event type of their own */
	SYSCOPE_SLOT_PLAIN,		/* exit_plain: all events described by the table alone */
	SYSCOPE_SLOT_OPEN,		/* exit_open: open, openat, openat2, creat, open_by_handle_at */
	SYSCOPE_SLOT_VECTOR,		/* exit_vector: readv family, process_vm */
	SYSCOPE_SLOT_POLL,		/* exit_poll */
	SYSCOPE_SLOT_PIPE,		/* exit_pipe: pipe, pipe2, socketpair */
	SYSCOPE_SLOT_SOCKET,		/* exit_socket: bind, connect, accept, accept4 */
	SYSCOPE_SLOT_SEND,		/* exit_send: send, sendto, recv, recvfrom */
	SYSCOPE_SLOT_MESSAGE,		/* exit_message: sendmsg, recvmsg, sendmmsg, recvmmsg */
	SYSCOPE_SLOT_SOCKOPT,		/* exit_sockopt */
	SYSCOPE_SLOT_CLONE,		/* exit_clone: clone, clone3, fork, vfork */
	SYSCOPE_SLOT_EXEC,		/* exit_exec: failed execve and execveat */
	SYSCOPE_SLOT_LIMITS,		/* exit_limits: getrlimit, setrlimit, prlimit, semop, semctl, capset, prctl */
	SYSCOPE_SLOT_CONTROL,		/* exit_control: ptrace, fsconfig, keyctl, io_uring_setup */
	SYSCOPE_SLOT_QUOTA,		/* exit_quota: quotactl */
	SYSCOPE_SLOT_ENTER,		/* map "enters" only: enter_special */
	SYSCOPE_SLOT_COUNT = 32
};

#endif
