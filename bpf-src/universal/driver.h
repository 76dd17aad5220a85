/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the code shared by all drivers needs of the universal one: ../shared/README.md describes each name. */
#ifndef SYSCOPE_DRIVER_H
#define SYSCOPE_DRIVER_H

#include "kernel_types.h"
#include "maps.h"

#if defined(__TARGET_ARCH_x86)
#define SYSCOPE_X86_64
#else
#define SYSCOPE_AARCH64
#endif

typedef u64 *ctx_t;

#define PROGRAM(name) SEC("tp_btf/sys_exit") int name(ctx_t ctx)
#define ENTER_PROGRAM(name) SEC("tp_btf/sys_enter") int name(ctx_t ctx)
#define TAIL_CALL(ctx, table, slot) bpf_tail_call(ctx, &table, slot)

/* A global function: the verifier looks at it once. Its arguments are numbers, nothing else is allowed. */
#define SUBPROGRAM __noinline
#define STATIC_SUBPROGRAM static __noinline
#define UNROLL

/* Keeps the compiler from proving a mask needless and dropping it: the verifier wants to see it. */
#define BOUND(x, mask)                                          \
	({                                                      \
		u64 __bounded = (x);                            \
		asm volatile("%0 &= " #mask : "+r"(__bounded)); \
		__bounded;                                      \
	})

#define READ(...) BPF_CORE_READ(__VA_ARGS__)
#define READ_BITS(pointer, field) BPF_CORE_READ_BITFIELD_PROBED(pointer, field)
#define REGISTER(regs, name) ((regs)->name)
#define OFFSET_OF(type, field) bpf_core_field_offset(type, field)
#define SIZE_OF(type) bpf_core_type_size(type)
#define TYPE_EXISTS(type) bpf_core_type_exists(type)
#define FIELD_EXISTS(type, field) bpf_core_field_exists(type, field)
#define HAS_REQUESTS bpf_core_field_exists(struct io_kiocb, cqe)

#define read_kernel(to, size, from) bpf_probe_read_kernel(to, size, from)
#define read_kernel_text(to, size, from) bpf_probe_read_kernel_str(to, size, from)
#define read_user(to, size, from) bpf_probe_read_user(to, size, from)
#define read_user_text(to, size, from) bpf_probe_read_user_str(to, size, from)

static __always_inline u32 current_cpu(void)
{
	return bpf_get_smp_processor_id();
}

static __always_inline u64 current_ids(void)
{
	return bpf_get_current_pid_tgid();
}

static __always_inline struct task_struct *this_task(void)
{
	return (struct task_struct *)bpf_get_current_task();
}

/* ns since 1970 by CLOCK_MONOTONIC, which is read in less time than CLOCK_BOOTTIME; suspend_resume adds the time asleep. */
static __always_inline u64 wall_ns(struct syscope_settings *set)
{
	return bpf_ktime_get_ns() + set->mono_epoch_ns;
}

static __always_inline struct syscope_settings *settings_get(void)
{
	u32 zero = 0;

	return bpf_map_lookup_elem(&settings, &zero);
}

static __always_inline struct syscope_cpu *cpu_get(u32 cpu)
{
	return bpf_map_lookup_elem(&cpus, &cpu);
}

static __always_inline struct scratch *scratch_get(void)
{
	u32 cpu = bpf_get_smp_processor_id();

	return bpf_map_lookup_elem(&scratch, &cpu);
}

static __always_inline struct syscope_thread *thread_find(u32 tid)
{
	return bpf_map_lookup_elem(&threads, &tid);
}

static __always_inline long thread_put(u32 tid, const struct syscope_thread *value)
{
	return bpf_map_update_elem(&threads, &tid, value, BPF_ANY);
}

static __always_inline void thread_forget(u32 tid)
{
	u32 slot = tid & (SYSCOPE_ENTERED_SLOTS - 1);
	struct syscope_entered *place = bpf_map_lookup_elem(&entered, &slot);

	if (place && (u32)place->call == tid)
		place->enter_ns = 0;
	bpf_map_delete_elem(&threads, &tid);
}

/* Events of frequent calls are written straight into a ring of our own. */
#if defined(SYSCOPE_X86_64)
#define HAS_FAST_EVENTS
#endif

/* What is remembered of most calls between their entry and their end, without a hash. */
#define HAS_ENTERED

static __always_inline struct syscope_entered *entered_find(u32 tid)
{
	u32 slot = tid & (SYSCOPE_ENTERED_SLOTS - 1);

	return bpf_map_lookup_elem(&entered, &slot);
}

/* Every stack has at least this many bytes, and the registers at the same place of it. */
#define STACK_SHIFT 14

/*
 * Stands for the address of a call's registers. The verifier lets nobody calculate with an address, but subtract one from
 * another: this is the distance from the settings, which stay where they are.
 */
static __always_inline u64 caller_place(struct syscope_settings *set, struct pt_regs *regs)
{
	return ((u64)regs - (u64)set) >> STACK_SHIFT;
}

static __always_inline u64 *caller_find(u64 place)
{
	u32 slot = place & (SYSCOPE_CALLER_SLOTS - 1);

	return bpf_map_lookup_elem(&callers, &slot);
}

static __always_inline u64 caller_word(u64 place, u32 tid)
{
	return place / SYSCOPE_CALLER_SLOTS * (SYSCOPE_CALLER_TID + 1) | tid;
}

static __always_inline u64 *traced_hint(u32 tgid)
{
	u32 slot = tgid & (SYSCOPE_TRACED_HINTS - 1);

	return bpf_map_lookup_elem(&traced_hints, &slot);
}

static __always_inline bool traced_find(u32 tgid)
{
	u64 *hint = traced_hint(tgid);
	u64 who = hint ? *(volatile u64 *)hint : SYSCOPE_ASK_TRACED;

	if (!who)
		return false;
	return who == tgid || bpf_map_lookup_elem(&traced, &tgid) != NULL;
}

#define HAS_MUTES

static __always_inline struct syscope_mute *mute_find(u32 tid)
{
	u32 slot = tid & (SYSCOPE_MUTE_SLOTS - 1);

	return bpf_map_lookup_elem(&mutes, &slot);
}

static __always_inline void shared_add(unsigned long long *to, u64 value)
{
	__sync_fetch_and_add(to, value);
}

static __always_inline long traced_put(u32 tgid)
{
	u64 *hint = traced_hint(tgid);
	u32 one = 1;
	long full;

	if (hint)
		*(volatile u64 *)hint = *hint && *hint != tgid ? SYSCOPE_ASK_TRACED : tgid;
	full = bpf_map_update_elem(&traced, &tgid, &one, BPF_ANY);
	if (full && hint)
		*(volatile u64 *)hint = SYSCOPE_ASK_TRACED;
	return full;
}

static __always_inline void traced_forget(u32 tgid)
{
	u64 *hint = traced_hint(tgid);

	if (hint && *hint == tgid)
		*(volatile u64 *)hint = SYSCOPE_ASK_TRACED;
	bpf_map_delete_elem(&traced, &tgid);
}

static __always_inline struct operation *operation_find(u64 request)
{
	return bpf_map_lookup_elem(&requests, &request);
}

static __always_inline long operation_put(u64 request, const struct operation *value)
{
	return bpf_map_update_elem(&requests, &request, value, BPF_ANY);
}

static __always_inline void operation_forget(u64 request)
{
	bpf_map_delete_elem(&requests, &request);
}

static __always_inline void count_lost_type(u32 type)
{
	u64 *count = bpf_map_lookup_elem(&lost_types, &type);

	if (count)
		__sync_fetch_and_add(count, 1);
}

#include "rings.h"

/*
 * Who makes the current call, tgid << 32 | tid, and is it a 32-bit program? The task says both; where the kernel gives typed
 * pointers that takes one call of it and three loads.
 */
static __always_inline u64 current_caller(bool *compat)
{
#if defined(SYSCOPE_X86_64)
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf)) {
		struct task_struct *task = bpf_get_current_task_btf();

		*compat = task->thread_info.status & 2;	/* TS_COMPAT */
		return (u64)task->tgid << 32 | (u32)task->pid;
	} else {
		struct task_struct *task = this_task();

		*compat = READ(task, thread_info.status) & 2;
	}
#else
	struct task_struct *task = this_task();

	*compat = READ(task, thread_info.flags) & (1 << 22);	/* TIF_32BIT */
#endif
	return bpf_get_current_pid_tgid();
}

#include "shapes.h"

#endif
