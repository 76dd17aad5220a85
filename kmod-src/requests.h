/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * How a program talks to the module. It opens /dev/syscope0, asks for the version, begins; opens the device of each other
 * CPU and joins the first; gives each CPU a ring, and maps it; writes the settings, which starts the tracing.
 *
 * Memory of a device's file, in pages:
 *
 *     0          u64: how far the consumer has read. It alone writes here
 *     1          u64: up to where there are records
 *     2 ...      the ring's data, and the same once more, so that a record over its end can be read as one
 *     COUNTERS   struct syscope_cpu: what happened on this CPU; one page, there without a ring, too
 *     MUTES      struct syscope_mute SYSCOPE_MUTE_SLOTS times, the same of all devices of a consumer, which writes here
 *
 * A record is u32 length (bit 31: still being written; bit 30: to be passed over), u32 0, then length bytes, and begins at a
 * multiple of 8: the layout of a BPF ring buffer.
 */
#ifndef SYSCOPE_REQUESTS_H
#define SYSCOPE_REQUESTS_H

#include <linux/ioctl.h>
#include <linux/types.h>

#include "interface.h"

/* Grows with each change of this header or of interface.h that an older program would not understand. */
#define SYSCOPE_ABI_VERSION 2

#define SYSCOPE_COUNTERS_PAGE 0x100000UL
#define SYSCOPE_MUTES_PAGE 0x200000UL

/* A CPU's ring: of so many bytes (a power of two, pages), or the one of the CPU whose open device share_with is. */
struct syscope_ring_request {
	__u64 bytes;
	__s32 share_with;	/* descriptor, -1: a ring of its own */
	__u32 spare;
};

#define SYSCOPE_REQUEST 0xe5

#define SYSCOPE_REQUEST_VERSION _IO(SYSCOPE_REQUEST, 0)		/* the answer is SYSCOPE_ABI_VERSION */
#define SYSCOPE_REQUEST_BEGIN _IO(SYSCOPE_REQUEST, 1)		/* argument: SYSCOPE_ABI_VERSION */
#define SYSCOPE_REQUEST_JOIN _IO(SYSCOPE_REQUEST, 2)		/* argument: descriptor of a device that has begun */
#define SYSCOPE_REQUEST_RING _IOW(SYSCOPE_REQUEST, 3, struct syscope_ring_request)
#define SYSCOPE_REQUEST_SETTINGS _IOW(SYSCOPE_REQUEST, 4, struct syscope_settings)
#define SYSCOPE_REQUEST_STOP _IO(SYSCOPE_REQUEST, 5)		/* no event from now on; rings can still be read */
#define SYSCOPE_REQUEST_TRACE _IO(SYSCOPE_REQUEST, 6)		/* argument: tgid, added to the traced processes */
#define SYSCOPE_REQUEST_TRACED _IO(SYSCOPE_REQUEST, 7)		/* the answer is how many processes are traced */
#define SYSCOPE_REQUEST_LOST_TYPES _IOR(SYSCOPE_REQUEST, 8, __u64[512])	/* events lost, by event type */
#define SYSCOPE_REQUEST_CPUS _IO(SYSCOPE_REQUEST, 9)		/* the answer is how many devices there are */
#define SYSCOPE_REQUEST_HOOKS _IO(SYSCOPE_REQUEST, 10)		/* the answer has bit n set if the kernel has hook n */
#define SYSCOPE_REQUEST_FORGET _IO(SYSCOPE_REQUEST, 11)	/* argument: tgid, taken out of the traced processes */
#define SYSCOPE_REQUEST_TRACES _IO(SYSCOPE_REQUEST, 12)	/* argument: tgid; the answer is 1 if it is traced, 0 if not */
/* argument: where to write the calls in flight, room for SYSCOPE_CALLS_MAX; the answer is how many there are */
#define SYSCOPE_REQUEST_CALLS _IO(SYSCOPE_REQUEST, 13)

#define SYSCOPE_CALLS_MAX 65536

struct syscope_call {
	__u32 tid;
	__u32 spare;
	struct syscope_thread value;
};

/* What the module can be called from. */
enum syscope_hook {
	SYSCOPE_HOOK_PROCESS_EXIT,
	SYSCOPE_HOOK_PROCESS_EXEC,
	SYSCOPE_HOOK_PROCESS_FORK,
	SYSCOPE_HOOK_SWITCH,
	SYSCOPE_HOOK_SIGNAL,
	SYSCOPE_HOOK_PAGE_FAULT_USER,
	SYSCOPE_HOOK_PAGE_FAULT_KERNEL,
	SYSCOPE_HOOK_SYS_ENTER,
	SYSCOPE_HOOK_SYS_EXIT,
	SYSCOPE_HOOK_IO_SUBMIT,
	SYSCOPE_HOOK_IO_COMPLETE,
	SYSCOPE_HOOKS
};

#endif
