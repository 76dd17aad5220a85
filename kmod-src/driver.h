/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the code shared by all drivers needs of the module: ../bpf-src/shared/README.md describes each name. */
#ifndef SYSCOPE_DRIVER_H
#define SYSCOPE_DRIVER_H

#include <linux/cgroup.h>
#include <linux/compat.h>
#include <linux/cred.h>
#include <linux/binfmts.h>
#include <linux/dcache.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/kernfs.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/net.h>
#include <linux/nsproxy.h>
#include <linux/pid_namespace.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/tty.h>
#include <linux/tty_driver.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <net/af_unix.h>
#include <net/inet_sock.h>
#include <net/ipv6.h>
#include <net/sock.h>

#include "features.h"

#if defined(HAVE_SCHED_SIGNAL)
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#endif
#if defined(HAVE_BOOT_FAST)
#include <linux/timekeeping.h>
#endif

#undef READ	/* the kernel's word for a direction */

#include "scratch.h"
#include "syscope.h"

#if defined(CONFIG_X86_64)
#define SYSCOPE_X86_64
#elif defined(CONFIG_ARM64)
#define SYSCOPE_AARCH64
#else
#error "x86_64 and aarch64 are supported"
#endif

/* Nobody looks at it: what a probe works for stands in its CPU's struct space. */
typedef void *ctx_t;

#define PROGRAM(name) static int name(ctx_t ctx)
#define ENTER_PROGRAM(name) static int name(ctx_t ctx)
#define TAIL_CALL(ctx, table, slot)                                       \
	do {                                                              \
		if ((slot) < SYSCOPE_SLOT_COUNT && table[slot])           \
			return table[slot](ctx);                          \
	} while (0)

#define SUBPROGRAM static noinline
#define STATIC_SUBPROGRAM static noinline
#define UNROLL
#define BOUND(x, mask) ((u64)(x) & (mask))

/* What a CPU's probes work with. */
struct space {
	struct lane *lane;	/* whose event is being made */
	struct scratch *scratch;	/* NULL: nobody has traced since the module was loaded */
	int depth;		/* probes that use the scratch space, one inside the other */
};

static DEFINE_PER_CPU(struct space, spaces);

static inline long read_kernel(void *to, u64 size, const void *from)
{
	long failed;

	if (!size)
		return 0;
#if defined(HAVE_COPY_FROM_KERNEL_NOFAULT)
	failed = copy_from_kernel_nofault(to, from, size);
#else
	failed = probe_kernel_read(to, (void *)from, size);
#endif
	if (failed)
		memset(to, 0, size);
	return failed;
}

static inline bool user_range(const void *from, u64 size)
{
#if defined(HAVE_ACCESS_OK_TYPE)
	return access_ok(VERIFY_READ, (const void __user *)from, size);
#else
	return access_ok((const void __user *)from, size);
#endif
}

static inline long read_user(void *to, u64 size, const void *from)
{
	unsigned long left = size;

	if (user_range(from, size)) {
		pagefault_disable();
		left = __copy_from_user_inatomic(to, (const void __user *)from, size);
		pagefault_enable();
	}
	if (left)
		memset(to, 0, size);
	return left ? -EFAULT : 0;
}

static inline long read_user_text(void *to, u64 size, const void *from)
{
	char *text = to;
	long n;

	if (!size)
		return 0;
	pagefault_disable();
	n = strncpy_from_user(text, (const char __user *)from, size);
	pagefault_enable();
	if (n < 0) {
		*text = 0;
		return n;
	}
	if ((u64)n >= size)
		n = size - 1;
	text[n] = 0;
	return n + 1;
}

/* A text of kernel memory, which may be gone or have no end: taken in pieces that do not cross a page. */
static inline long read_kernel_text(void *to, u64 size, const void *from)
{
	char *text = to;
	u64 done = 0;

	while (done < size) {
		const char *at = (const char *)from + done;
		u64 piece = min_t(u64, size - done, PAGE_SIZE - ((unsigned long)at & (PAGE_SIZE - 1)));
		size_t n;

		piece = min_t(u64, piece, 64);
		if (read_kernel(text + done, piece, at)) {
			*text = 0;
			return -EFAULT;
		}
		n = strnlen(text + done, piece);
		done += n;
		if (n < piece)
			return done + 1;
	}
	if (!size)
		return 0;
	text[size - 1] = 0;
	return size;
}

#define READ_1(pointer, field)                                                                 \
	({                                                                                     \
		typeof(pointer) __from = (pointer);                                            \
		union {                                                                        \
			typeof(__from->field) value;                                           \
			char bytes[sizeof(__from->field)];                                     \
		} __read;                                                                      \
		read_kernel(__read.bytes, sizeof(__read.bytes), (const void *)&__from->field); \
		__read.value;                                                                  \
	})
#define READ_2(pointer, a, b) READ_1(READ_1(pointer, a), b)
#define READ_3(pointer, a, b, c) READ_1(READ_2(pointer, a, b), c)
#define READ_4(pointer, a, b, c, d) READ_1(READ_3(pointer, a, b, c), d)
#define READ_CHOICE(a, b, c, d, name, ...) name
#define READ(pointer, ...) READ_CHOICE(__VA_ARGS__, READ_4, READ_3, READ_2, READ_1, )(pointer, __VA_ARGS__)
#define READ_BITS(pointer, field) ((pointer)->field)
#define REGISTER(regs, name) ((regs)->name)
#define OFFSET_OF(type, field) offsetof(type, field)
#define SIZE_OF(type) sizeof(type)

static inline struct task_struct *this_task(void)
{
	return current;
}

static inline u32 current_cpu(void)
{
	return smp_processor_id();
}

static inline u64 current_ids(void)
{
	return (u64)current->tgid << 32 | (u32)current->pid;
}

static inline struct lane *current_lane(void)
{
	return this_cpu_ptr(&spaces)->lane;
}

static inline struct syscope_settings *settings_get(void)
{
	return &current_lane()->consumer->settings;
}

static inline struct scratch *scratch_get(void)
{
	struct space *space = this_cpu_ptr(&spaces);

	return space->depth == 1 ? space->scratch : NULL;
}

static inline struct syscope_cpu *cpu_get(u32 cpu)
{
	return current_lane()->counters;
}

static inline void count_lost_type(u32 type)
{
	if (type < EVENT_TYPE_COUNT)
		this_cpu_ptr(current_lane()->consumer->lost_types)[type]++;
}

static inline struct syscope_thread *thread_find(u32 tid)
{
	return consumer_thread(current_lane()->consumer, tid);
}

static inline long thread_put(u32 tid, const struct syscope_thread *value)
{
	return consumer_thread_put(current_lane()->consumer, tid, value);
}

static inline void thread_forget(u32 tid)
{
	consumer_thread_forget(current_lane()->consumer, tid);
}

#if defined(HAVE_IO_REQUEST)
#include "io_uring_types.h"

#define HAS_REQUESTS 1
#define TYPE_EXISTS(type) 1
#define FIELD_EXISTS(type, field) 1

static inline struct operation *operation_find(u64 request)
{
	return consumer_operation(current_lane()->consumer, request);
}

static inline long operation_put(u64 request, const struct operation *value)
{
	return consumer_operation_put(current_lane()->consumer, request, value);
}

static inline void operation_forget(u64 request)
{
	consumer_operation_forget(current_lane()->consumer, request);
}
#endif

static inline bool traced_find(u32 tgid)
{
	return tgid < TGID_LIMIT && test_bit(tgid, current_lane()->consumer->traced);
}

static inline long traced_put(u32 tgid)
{
	struct consumer *consumer = current_lane()->consumer;

	if (tgid >= TGID_LIMIT)
		return -ENOSPC;
	if (!test_and_set_bit(tgid, consumer->traced))
		atomic_inc(&consumer->traced_count);
	return 0;
}

static inline void traced_forget(u32 tgid)
{
	struct consumer *consumer = current_lane()->consumer;

	if (tgid < TGID_LIMIT && test_and_clear_bit(tgid, consumer->traced))
		atomic_dec(&consumer->traced_count);
}

#define HAS_MUTES

static inline struct syscope_mute *mute_find(u32 tid)
{
	return &current_lane()->consumer->mutes[tid & (SYSCOPE_MUTE_SLOTS - 1)];
}

static inline void shared_add(unsigned long long *to, u64 value)
{
	atomic64_add(value, (atomic64_t *)to);
}

static inline void *ring_get(u32 cpu)
{
	return READ_ONCE(current_lane()->ring);
}

static inline long ring_output(ctx_t ctx, void *ring, struct syscope_settings *set, void *record, u64 size)
{
	void *room = ring_room(ring, size);

	if (!room)
		return -ENOSPC;
	memcpy(room, record, size);
	ring_done(room);
	return 0;
}

static inline void *ring_reserve(void *ring, u64 size)
{
	return ring_room(ring, size);
}

static inline void ring_submit(ctx_t ctx, void *record, struct syscope_settings *set, u64 size)
{
	ring_done(record);
}

#include "shapes.h"

#endif
