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

static __always_inline u64 boot_ns(void)
{
	return bpf_ktime_get_boot_ns();
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
	bpf_map_delete_elem(&threads, &tid);
}

static __always_inline bool traced_find(u32 tgid)
{
	return bpf_map_lookup_elem(&traced, &tgid) != NULL;
}

#define HAS_MUTES

static __always_inline struct syscope_mute *mute_find(u32 tid)
{
	u32 slot = tid & (SYSCOPE_MUTE_SLOTS - 1);

	return bpf_map_lookup_elem(&mutes, &slot);
}

static __always_inline long traced_put(u32 tgid)
{
	u32 one = 1;

	return bpf_map_update_elem(&traced, &tgid, &one, BPF_ANY);
}

static __always_inline void traced_forget(u32 tgid)
{
	bpf_map_delete_elem(&traced, &tgid);
}

static __always_inline void count_lost_type(u32 type)
{
	u64 *count = bpf_map_lookup_elem(&lost_types, &type);

	if (count)
		__sync_fetch_and_add(count, 1);
}

static __always_inline void *ring_get(u32 cpu)
{
	return bpf_map_lookup_elem(&rings, &cpu);
}

static __always_inline long ring_output(ctx_t ctx, void *ring, struct syscope_settings *set, void *record, u64 size)
{
	return bpf_ringbuf_output(ring, record, size, set->ring_flags);
}

#define ring_reserve(ring, size) bpf_ringbuf_reserve(ring, size, 0)

static __always_inline void ring_submit(ctx_t ctx, void *record, struct syscope_settings *set, u64 size)
{
	bpf_ringbuf_submit(record, set->ring_flags);
}

/* Is this a call of a 32-bit program? The task says it; where the kernel gives typed pointers, that costs one load. */
static __always_inline bool is_compat(void)
{
#if defined(SYSCOPE_X86_64)
	u32 status;

	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf)) {
		status = bpf_get_current_task_btf()->thread_info.status;
	} else {
		struct task_struct *task = this_task();

		status = READ(task, thread_info.status);
	}
	return status & 2;	/* TS_COMPAT */
#else
	struct task_struct *task = this_task();

	return READ(task, thread_info.flags) & (1 << 22);	/* TIF_32BIT */
#endif
}

#include "shapes.h"

#endif
