/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The universal driver: programs on the kernel's tracepoints that write events of the .scap format into one ring per
 * CPU. README.md describes the maps and the programs; this file holds the two that every system call passes.
 */
#include "kernel_types.h"
#include "syscope_schema.h"

#include "maps.h"
#include "event_writer.h"
#include "tables.h"
#include "task.h"
#include "calls_plain.h"
#include "calls_files.h"
#include "vectors.h"
#include "calls_network.h"
#include "calls_processes.h"
#include "calls_system.h"
#include "tracepoints.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

/* Set in the number of a call of the x32 interface; otherwise these are the same calls. */
#define X32_BIT 0x40000000U

#if defined(__TARGET_ARCH_x86)
#define CALL_NUMBER(regs) ((s64)(regs)->orig_ax)
#define CALL_ARG0(regs) (regs)->di
#define CALL_ARG1(regs) (regs)->si
#define CALL_ARG2(regs) (regs)->dx
#define CALL_ARG3(regs) (regs)->r10
#define CALL_ARG4(regs) (regs)->r8
#define CALL_ARG5(regs) (regs)->r9
#else
#define CALL_NUMBER(regs) ((s64)(regs)->syscallno)
#define CALL_ARG0(regs) (regs)->orig_x0
#define CALL_ARG1(regs) (regs)->regs[1]
#define CALL_ARG2(regs) (regs)->regs[2]
#define CALL_ARG3(regs) (regs)->regs[3]
#define CALL_ARG4(regs) (regs)->regs[4]
#define CALL_ARG5(regs) (regs)->regs[5]
#endif

/* Row of a call. Numbers beyond the table, and -1 after sigreturn, have the last row, which no call uses. */
static __always_inline const struct call *call_row(s64 nr)
{
	u32 number = (u32)nr & ~X32_BIT;

	return &calls[BOUND(number < CALLS_SIZE ? number : CALLS_SIZE - 1, 511)];
}

SEC("tp_btf/sys_enter")
int sys_enter(u64 *ctx)
{
	struct syscope_settings *set = settings_get();
	s64 nr = ctx[1];
	u64 ids = bpf_get_current_pid_tgid();
	u32 tid = ids;
	struct syscope_thread *t;
	u32 sc;

	if (!set)
		return 0;
	sc = call_row(nr)->sc;
	if (!set->interest[sc & (SYSCOPE_INTEREST_SIZE - 1)] || !wanted(set, ids))
		return 0;
	t = bpf_map_lookup_elem(&threads, &tid);
	if (t) {
		t->nr = nr;
		t->sc = sc;
		t->enter_ns = timestamp(set);
	} else {
		struct syscope_thread fresh = {.enter_ns = timestamp(set), .nr = nr, .sc = sc};

		if (bpf_map_update_elem(&threads, &tid, &fresh, BPF_ANY)) {
			struct syscope_cpu *c = cpu_get(bpf_get_smp_processor_id());

			if (c)
				c->no_enter++;
		}
	}
	return 0;
}

/* Appends what a generic event has no parameters for: arguments, result, texts. */
static __always_inline void put_arguments(struct scratch *s)
{
	u64 start = (s->data_at + 3) & ~3;
	u8 *to = EVENT_AT(s, start);
	u64 at = start + 4 + SYSCOPE_ARGUMENTS_HEAD + s->nargs * 8;
	u32 i, texts = 0;

	*(u64 *)(to + 4) = s->ret;
	*(u64 *)(to + 16) = s->args[0];
	*(u64 *)(to + 24) = s->args[1];
	*(u64 *)(to + 32) = s->args[2];
	*(u64 *)(to + 40) = s->args[3];
	*(u64 *)(to + 48) = s->args[4];
	*(u64 *)(to + 56) = s->args[5];
	if (s->strings) {
		for (i = 0; i < 6; i++) {
			u8 *text;
			long n;

			if (!(s->strings & (1 << i)))
				continue;
			text = EVENT_AT(s, at);
			n = bpf_probe_read_user_str(text + 4, SYSCOPE_STRING_MAX, (void *)s->args[i]);
			if (n < 0)
				n = 0;
			*(u16 *)text = i | (n ? SYSCOPE_STRING_TEXT : SYSCOPE_STRING_UNREADABLE) << 8;
			*(u16 *)(text + 2) = n;
			at += 4 + (n & 0xffff);
			texts++;
		}
	}
	*(u16 *)to = SYSCOPE_TAG_ARGUMENTS;
	*(u16 *)(to + 2) = at - start - 4;
	*(u32 *)(to + 12) = s->nargs | texts << 8;
	s->data_at = at;
}

/* The exit event of a call without an event type of its own. */
static __always_inline void exit_generic(struct scratch *s, struct syscope_settings *set)
{
	u32 length;
	u64 at;

	event_begin(s, 2);
	put_u16(s, s->sc);
	put_u16(s, s->nr);
	length = s->data_at;
	header(s->event, s->ts, s->tid, length, s->type);
	if (set->flags & SYSCOPE_ARGUMENTS)
		put_arguments(s);
	at = (s->data_at + 3) & ~3;
	if (s->enter_ts) {
		u8 *to = EVENT_AT(s, at);

		*(u32 *)to = SYSCOPE_TAG_LATENCY | 8 << 16;
		*(u64 *)(to + 4) = s->ts - s->enter_ts;
		at += 12;
	}
	emit(set, s->cpu, s->event, BOUND(at, 0x1ffff), s->type, s->ts);
}

SEC("tp_btf/sys_exit")
int sys_exit(u64 *ctx)
{
	struct pt_regs *regs = (struct pt_regs *)ctx[0];
	struct syscope_settings *set = settings_get();
	u64 ids = bpf_get_current_pid_tgid();
	u32 cpu = bpf_get_smp_processor_id();
	u32 tid = ids;
	const struct call *call;
	struct syscope_cpu *c;
	struct scratch *s;
	s64 nr;
	u32 slot;

	if (!set)
		return 0;
	nr = CALL_NUMBER(regs);
	call = call_row(nr);
	if (!(set->interest[call->sc & (SYSCOPE_INTEREST_SIZE - 1)] & SYSCOPE_INTEREST_EXIT) || !wanted(set, ids))
		return 0;
	s = bpf_map_lookup_elem(&scratch, &cpu);
	if (!s)
		return 0;
	s->ts = timestamp(set);
	s->enter_ts = 0;
	if (set->flags & SYSCOPE_LATENCY) {
		struct syscope_thread *t = bpf_map_lookup_elem(&threads, &tid);

		if (t) {
			if (t->nr == (u32)nr)
				s->enter_ts = t->enter_ns;
			t->enter_ns = 0;
		}
	}
	s->ret = ctx[1];
	s->args[0] = CALL_ARG0(regs);
	s->args[1] = CALL_ARG1(regs);
	s->args[2] = CALL_ARG2(regs);
	s->args[3] = CALL_ARG3(regs);
	s->args[4] = CALL_ARG4(regs);
	s->args[5] = CALL_ARG5(regs);
	s->tid = tid;
	s->cpu = cpu;
	s->nr = nr;
	s->snaplen = set->snaplen;
	s->flags = set->flags;
	s->sc = call->sc;
	s->type = call->exit;
	s->nargs = call->nargs;
	s->strings = call->strings;
	s->compat = 0;
	slot = layouts[(s->type >> 1) & 255].slot;
	if (slot == SYSCOPE_SLOT_GENERIC) {
		exit_generic(s, set);
		return 0;
	}
	bpf_tail_call(ctx, &exits, slot);

	/* Only reached where the program is missing. */
	c = cpu_get(cpu);
	if (c) {
		c->seen++;
		count_loss(c, SYSCOPE_LOST_NO_PROGRAM, s->type, s->ts);
	}
	return 0;
}
