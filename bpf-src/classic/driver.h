/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the code shared by all drivers needs of the classic one: ../shared/README.md describes each name. */
#ifndef SYSCOPE_DRIVER_H
#define SYSCOPE_DRIVER_H

#define SYSCOPE_SMALL_PROGRAMS
/* A record of a perf ring has a length of 16 bits. */
#define EVENT_MOST 65400
#define RECORD_MOST 65500
#define EVENT_SLACK 256

#if defined(__TARGET_ARCH_x86)
#define SYSCOPE_X86_64
#else
#define SYSCOPE_AARCH64
#endif

#include "kernel.h"
#undef READ	/* linux/kernel.h has one of its own */

#include "maps.h"
#include "read.h"

typedef u64 *ctx_t;

#if defined(HAS_RAW_TRACEPOINT)
#define HOOK(category, name) SEC("raw_tracepoint/" #name) int name(ctx_t ctx)
#define PROGRAM(name) SEC("raw_tracepoint/sys_exit") int name(ctx_t ctx)
#define ENTER_PROGRAM(name) SEC("raw_tracepoint/sys_enter") int name(ctx_t ctx)
#else
#define HOOK(category, name) SEC("tracepoint/" #category "/" #name) int name(ctx_t ctx)
#define PROGRAM(name) SEC("tracepoint/raw_syscalls/sys_exit") int name(ctx_t ctx)
#define ENTER_PROGRAM(name) SEC("tracepoint/raw_syscalls/sys_enter") int name(ctx_t ctx)
#endif

#define TAIL_CALL(ctx, table, slot) helper_tail_call(ctx, &table, slot)

/* Kernels before 4.16 know no functions in programs, those before 5.3 no loops. */
#define SUBPROGRAM static __always_inline
#define STATIC_SUBPROGRAM static __always_inline
#define UNROLL _Pragma("clang loop unroll(full)")

/* The registers were copied when the program began. */
#define REGISTER(regs, name) ((regs)->name)

static __always_inline u32 current_cpu(void)
{
	return helper_cpu();
}

static __always_inline u64 current_ids(void)
{
	return helper_ids();
}

static __always_inline struct task_struct *this_task(void)
{
	return (struct task_struct *)helper_task();
}

static __always_inline u64 wall_ns(struct syscope_settings *set)
{
	return helper_clock() + set->boot_epoch_ns;
}

static __always_inline struct syscope_settings *settings_get(void)
{
	u32 zero = 0;

	return helper_lookup(&settings, &zero);
}

static __always_inline struct syscope_cpu *cpu_get(u32 cpu)
{
	return helper_lookup(&cpus, &cpu);
}

static __always_inline struct scratch *scratch_get(void)
{
	u32 cpu = helper_cpu();

	return helper_lookup(&scratch, &cpu);
}

static __always_inline struct syscope_thread *thread_find(u32 tid)
{
	return helper_lookup(&threads, &tid);
}

static __always_inline long thread_put(u32 tid, const struct syscope_thread *value)
{
	return helper_update(&threads, &tid, value, BPF_ANY);
}

static __always_inline void thread_forget(u32 tid)
{
	helper_delete(&threads, &tid);
}

static __always_inline bool traced_find(u32 tgid)
{
	return helper_lookup(&traced, &tgid) != NULL;
}

static __always_inline long traced_put(u32 tgid)
{
	u32 one = 1;

	return helper_update(&traced, &tgid, &one, BPF_ANY);
}

static __always_inline void traced_forget(u32 tgid)
{
	helper_delete(&traced, &tgid);
}

#if defined(HAS_IO_REQUEST)
#define HAS_REQUESTS 1
#define TYPE_EXISTS(type) 1
#define FIELD_EXISTS(type, field) 1

static __always_inline struct operation *operation_find(u64 request)
{
	return helper_lookup(&requests, &request);
}

static __always_inline long operation_put(u64 request, const struct operation *value)
{
	return helper_update(&requests, &request, value, BPF_ANY);
}

static __always_inline void operation_forget(u64 request)
{
	helper_delete(&requests, &request);
}
#endif

static __always_inline void count_lost_type(u32 type)
{
	u64 *count = helper_lookup(&lost_types, &type);

	if (count)
		__sync_fetch_and_add(count, 1);
}

static __always_inline void *ring_get(u32 cpu)
{
	u32 *there = helper_lookup(&served, &cpu);

	return there && *there ? there : NULL;
}

#define NO_EVENT_HERE (-95)	/* EOPNOTSUPP */

/*
 * The record's second word takes its length: a perf ring rounds lengths up. A perf event ends with its CPU; when that comes
 * back the reader gives it a new one, as it does for a CPU without a ring.
 */
static __always_inline long ring_output(ctx_t ctx, void *ring, struct syscope_settings *set, void *record, u64 size)
{
	long result;

	((struct syscope_record *)record)->spare = size;
	if (size > RECORD_MOST)
		return -1;
	result = helper_output(ctx, &rings, OUTPUT_THIS_CPU, record, size);
	if (result == NO_EVENT_HERE) {
		u32 cpu = helper_cpu();
		u32 *there = helper_lookup(&served, &cpu);

		if (there)
			*there = 0;
	}
	return result;
}

static __always_inline void *fixed_get(u32 number)
{
	struct fixed *f = helper_lookup(&fixed, &number);

	if (!f || f->busy)
		return NULL;
	f->busy = 1;
	return f->record;
}

static __always_inline void *ring_reserve(void *ring, u64 size)
{
	void *record = fixed_get(0);

	return record ? record : fixed_get(1);
}

static __always_inline void count_refused(struct syscope_cpu *c, u32 cpu, u32 type, u64 ts);

static __always_inline void ring_submit(ctx_t ctx, void *record, struct syscope_settings *set, u64 size)
{
	struct fixed *f = (void *)((u8 *)record - OFFSET_OF(struct fixed, record));
	u64 ts = *(u64 *)((u8 *)record + sizeof(struct syscope_record));
	u16 type = *(u16 *)((u8 *)record + sizeof(struct syscope_record) + 20);
	long full = ring_output(ctx, NULL, set, record, size);
	u32 cpu = helper_cpu();
	struct syscope_cpu *c;

	f->busy = 0;
	if (!full)
		return;
	c = cpu_get(cpu);
	if (c) {
		c->sent--;
		count_refused(c, cpu, type, ts);
	}
}

#include "shapes.h"

/* Who makes the current call, tgid << 32 | tid, and is it a 32-bit program? */
static __always_inline u64 current_caller(bool *compat)
{
	struct task_struct *task = this_task();

#if defined(SYSCOPE_X86_64) && defined(HAS_THREAD_INFO_STATUS)
	*compat = READ(task, thread_info.status) & 2;	/* TS_COMPAT */
#elif defined(SYSCOPE_X86_64)
	*compat = READ(task, thread.status) & 2;
#else
	*compat = READ(task, thread_info.flags) & (1 << 22);	/* TIF_32BIT */
#endif
	return current_ids();
}

#endif
