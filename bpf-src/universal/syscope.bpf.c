/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The universal driver: programs on the kernel's tracepoints that write events of the .scap format into one ring per
 * CPU. README.md describes the maps and the programs; ../shared has what they do, this file where they are attached.
 */
#include "driver.h"

#include "calls_enter.h"
#include "calls_files.h"
#include "calls_network.h"
#include "calls_plain.h"
#include "calls_processes.h"
#include "calls_system.h"
#include "dispatch.h"
#include "io_uring.h"
#include "tracepoints.h"
#include "vectors.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

SEC("tp_btf/sys_enter")
int sys_enter(ctx_t ctx)
{
	return call_entered(ctx, (struct pt_regs *)ctx[0], ctx[1]);
}

SEC("tp_btf/sys_exit")
int sys_exit(ctx_t ctx)
{
	return call_returned(ctx, (struct pt_regs *)ctx[0], ctx[1]);
}

/* The task of the next two is the current one: what the tracepoint gives may not go to a global function. */
SEC("tp_btf/sched_process_exit")
int sched_process_exit(ctx_t ctx)
{
	return process_exit(ctx);
}

SEC("tp_btf/sched_process_exec")
int sched_process_exec(ctx_t ctx)
{
	return process_exec(ctx, ctx[1], (struct linux_binprm *)ctx[2]);
}

SEC("tp_btf/sched_process_fork")
int sched_process_fork(ctx_t ctx)
{
	return process_fork(ctx, (struct task_struct *)ctx[0], (struct task_struct *)ctx[1]);
}

SEC("tp_btf/io_uring_submit_req")
int io_uring_submit_req(ctx_t ctx)
{
	return request_submitted((struct io_kiocb *)ctx[0]);
}

/* The name of the same tracepoint before 6.4. */
SEC("tp_btf/io_uring_submit_sqe")
int io_uring_submit_sqe(ctx_t ctx)
{
	return request_submitted((struct io_kiocb *)ctx[0]);
}

SEC("tp_btf/io_uring_complete")
int io_uring_complete(ctx_t ctx)
{
	return request_completed(ctx, (struct io_kiocb *)ctx[1]);
}

SEC("tp_btf/sched_switch")
int sched_switch(ctx_t ctx)
{
	return context_switch(ctx, (struct task_struct *)ctx[1], (struct task_struct *)ctx[2]);
}

SEC("tp_btf/signal_deliver")
int signal_deliver(ctx_t ctx)
{
	return signal_delivered(ctx, ctx[0], (kernel_siginfo_t *)ctx[1]);
}

#define LEAST_SLEEP_NS 1000000

/* The machine goes to sleep or comes back, which is told several times before any process runs again. */
SEC("tp_btf/suspend_resume")
int suspend_resume(ctx_t ctx)
{
	struct syscope_settings *set = settings_get();
	u64 epoch;

	if (!set)
		return 0;
	epoch = set->boot_epoch_ns + (bpf_ktime_get_boot_ns() - bpf_ktime_get_ns());
	if ((s64)(epoch - set->mono_epoch_ns) > LEAST_SLEEP_NS)
		set->mono_epoch_ns = epoch;
	return 0;
}

#if defined(SYSCOPE_X86_64)
SEC("tp_btf/page_fault_user")
int page_fault_user(ctx_t ctx)
{
	struct pt_regs *regs = (struct pt_regs *)ctx[1];

	return page_fault(ctx, ctx[0], READ(regs, ip), ctx[2], PPM_SC_TP_PAGE_FAULT_USER);
}

SEC("tp_btf/page_fault_kernel")
int page_fault_kernel(ctx_t ctx)
{
	struct pt_regs *regs = (struct pt_regs *)ctx[1];

	return page_fault(ctx, ctx[0], READ(regs, ip), ctx[2], PPM_SC_TP_PAGE_FAULT_KERNEL);
}
#endif
