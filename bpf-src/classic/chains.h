/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Events that are too long for one program of 4096 instructions, put together from the shared pieces: a program does its part,
 * notes in the scratch space where it stands, and leaves for the next. What is a loop elsewhere is some rounds here, each
 * unrolled, of a program that leaves for itself. A chain may have 32 programs behind the first.
 *
 *     exit_exec ─► texts ─► cgroup ─► texts ─► program ─► walk ─► path
 *     sched_process_exec ──► cgroup ──────────► program ─► walk ─► path
 *     exit_clone ──────────► cgroup ─► clone_tail
 *     exit_open ─► walk ─► path                 (open_by_handle_at)
 *     exit_vector ─► pieces ─► vector_tail      exit_message ─► pieces ─► message_tail ─► message_next ─► pieces ...
 *     exit_poll ─► poll                         enter_special ─► pieces ─► enter_tail
 *     sched_process_exit ─► reaper
 */
#ifndef SYSCOPE_CHAINS_H
#define SYSCOPE_CHAINS_H

#include "calls_enter.h"
#include "calls_files.h"
#include "calls_network.h"
#include "calls_processes.h"
#include "dispatch.h"
#include "tracepoints.h"
#include "vectors.h"

enum chain {
	CHAIN_CLONE,
	CHAIN_FORK,		/* the child's side of it, where sched_process_fork tells of it */
	CHAIN_EXEC,
	CHAIN_EXEC_FAILED,	/* arguments first */
	CHAIN_EXEC_ENVIRONMENT,	/* then the environment */
	CHAIN_OPEN,
};

#define PIECES_A_ROUND 32
#define POLLS_A_ROUND 16
#define TEXTS_A_ROUND 32
#define STEPS_A_ROUND 24

/* Leaves for the next program. Where it is missing, the event is lost and counted. */
#define THEN(ctx, s, stage)                  \
	do {                                 \
		TAIL_CALL(ctx, stages, stage); \
		no_program(s);               \
		return 0;                    \
	} while (0)

/* ---- events that the table describes: a program each, in which all but the arguments is constant ---- */

#define PLAIN(event, ...)                                                               \
	PROGRAM(plain_##event)                                                          \
	{                                                                               \
		const struct param params[PLAIN_PARAMS] = {__VA_ARGS__};                \
		struct scratch *s = scratch_get();                                      \
		u32 i;                                                                  \
                                                                                        \
		if (!s)                                                                 \
			return 0;                                                       \
		event_begin_with(s, event_params_contents[PPME_##event]);               \
		UNROLL                                                                  \
		for (i = 0; i < PLAIN_PARAMS; i++) {                                    \
			if (!put_param(s, &params[i]))                                  \
				break;                                                  \
		}                                                                       \
		event_end(ctx, s);                                                      \
		return 0;                                                               \
	}
#define SPECIAL(event, name)

#include "layouts.h"

#undef PLAIN
#undef SPECIAL

/* Enter events without parameters. */
ENTER_PROGRAM(enter_plain)
{
	struct scratch *s = scratch_get();

	if (s) {
		event_begin(s);
		event_end(ctx, s);
	}
	return 0;
}

/* ---- pieces of a vector; what comes then stands in s->chain ---- */

static __always_inline void pieces_begin(struct scratch *s, enum stage next)
{
	vector_begin(s);
	s->round = 0;
	s->chain = next;
}

PROGRAM(then_pieces)
{
	struct scratch *s = scratch_get();
	u32 i;

	if (!s)
		return 0;
	UNROLL
	for (i = 0; i < PIECES_A_ROUND; i++) {
		if (s->round >= s->vector_count || s->round >= VECTOR_PIECES)
			goto done;
		s->round++;
		if (!vector_piece()) {
			count_unreadable(s);
			goto done;
		}
	}
	THEN(ctx, s, STAGE_PIECES);
done:
	THEN(ctx, s, s->chain);
}

PROGRAM(exit_vector)
{
	struct scratch *s = scratch_get();

	if (!s)
		return 0;
	vector_head(s);
	pieces_begin(s, STAGE_VECTOR_TAIL);
	THEN(ctx, s, STAGE_PIECES);
}

PROGRAM(then_vector_tail)
{
	struct scratch *s = scratch_get();

	if (!s)
		return 0;
	vector_end(s);
	vector_tail(s);
	event_end(ctx, s);
	return 0;
}

/* ---- messages: sendmmsg and recvmmsg make one event for each, up to a limit; s->place counts them ---- */

static __always_inline int message(ctx_t ctx, struct scratch *s)
{
	bool many = many_messages(s->type);
	u64 pointer = s->args[1];
	s64 length = s->ret;
	u32 moved = 0;

	if (many && s->ret > 0) {
		pointer += s->place * (s->compat ? 32 : 64);
		read_user(&moved, sizeof(moved), (void *)(pointer + (s->compat ? 28 : 56)));
		length = moved;
	} else if (many) {
		pointer = 0;
		length = -1;
	}
	message_head(pointer, length);
	pieces_begin(s, STAGE_MESSAGE_TAIL);
	THEN(ctx, s, STAGE_PIECES);
}

PROGRAM(exit_message)
{
	struct scratch *s = scratch_get();

	if (!s)
		return 0;
	s->place = 0;
	return message(ctx, s);
}

PROGRAM(then_message_next)
{
	struct scratch *s = scratch_get();

	return s ? message(ctx, s) : 0;
}

PROGRAM(then_message_tail)
{
	struct scratch *s = scratch_get();

	if (!s)
		return 0;
	vector_end(s);
	message_tail();
	event_end(ctx, s);
	s->place++;
	if (many_messages(s->type) && s->place < s->ret && s->place < MESSAGES_MAX)
		THEN(ctx, s, STAGE_MESSAGE_NEXT);
	return 0;
}

/* ---- lists of poll: s->place is where the next entry goes, s->round their number ---- */

static __always_inline int poll_list(ctx_t ctx, struct scratch *s)
{
	s->start = s->data_at;
	s->place = s->data_at + 2;
	s->round = 0;
	THEN(ctx, s, STAGE_POLL);
}

PROGRAM(exit_poll)
{
	struct scratch *s = scratch_get();

	if (!s)
		return 0;
	event_begin(s);
	put_u64(s, s->ret);
	return poll_list(ctx, s);
}

PROGRAM(then_poll)
{
	struct scratch *s = scratch_get();
	bool asked;
	u32 i;

	if (!s)
		return 0;
	asked = s->type == PPME_SYSCALL_POLL_E || s->type == PPME_SYSCALL_PPOLL_E;
	UNROLL
	for (i = 0; i < POLLS_A_ROUND; i++) {
		if (s->round >= (u32)s->args[1] || s->round >= POLL_LIST ||
		    !put_poll_entry(s, s->args[0], s->round, s->place, asked))
			goto done;
		s->round++;
		s->place += 10;
	}
	THEN(ctx, s, STAGE_POLL);
done:
	*(u16 *)EVENT_AT(s, s->start) = s->round;
	param_end(s, s->place - s->start);
	put_poll_tail(s);
	event_end(ctx, s);
	return 0;
}

/* ---- enter events ---- */

ENTER_PROGRAM(enter_special)
{
	struct scratch *s = scratch_get();

	if (!s)
		return 0;
	event_begin(s);
	switch (s->type) {
	case PPME_SYSCALL_OPENAT2_E:
		put_openat2_entry(s);
		break;
	case PPME_SYSCALL_POLL_E:
	case PPME_SYSCALL_PPOLL_E:
		return poll_list(ctx, s);
	case PPME_SOCKET_CONNECT_E:
		put_int(s, s->args[0]);
		put_sockaddr(s, s->args[1], s->args[2]);
		break;
	case PPME_SOCKET_SENDTO_E:
		put_int(s, s->args[0]);
		put_u32(s, s->args[2]);
		put_tuple(s, (s32)s->args[0], 0, s->args[4]);
		break;
	default:
		/* Of a vector only the size is told: no byte of it is wanted. */
		put_int(s, s->args[0]);
		s->vector_list = s->args[1];
		s->vector_count = s->args[2];
		s->vector_limit = 0;
		if (s->type == PPME_SOCKET_SENDMSG_E) {
			__builtin_memset(&s->message, 0, sizeof(s->message));
			message_get(&s->message, s->args[1], s->compat);
			s->vector_list = s->message.vector;
			s->vector_count = s->message.count;
		}
		pieces_begin(s, STAGE_ENTER_TAIL);
		THEN(ctx, s, STAGE_PIECES);
	}
	event_end(ctx, s);
	return 0;
}

PROGRAM(then_enter_tail)
{
	struct scratch *s = scratch_get();

	if (!s)
		return 0;
	put_u32(s, s->vector_total);
	if (s->type == PPME_SYSCALL_PWRITEV_E)
		put_u64(s, s->args[3]);
	if (s->type == PPME_SOCKET_SENDMSG_E)
		put_tuple(s, (s32)s->args[0], 0, s->message.name);
	event_end(ctx, s);
	return 0;
}

/* ---- paths of files: the walk, then the names; s->start is where the path begins ---- */

PROGRAM(then_walk)
{
	struct scratch *s = scratch_get();
	u32 i;

	if (!s)
		return 0;
	UNROLL
	for (i = 0; i < STEPS_A_ROUND; i++) {
		if (!walk_step())
			goto done;
	}
	if (++s->round < PATH_STEPS / STEPS_A_ROUND)
		THEN(ctx, s, STAGE_WALK);
done:
	THEN(ctx, s, STAGE_PATH);
}

static __always_inline int path_of(ctx_t ctx, struct scratch *s, struct file *file)
{
	s->round = 0;
	s->start = s->data_at;
	if (!file || room(s) < 2 * SYSCOPE_PATH_MAX) {
		s->start = 0;
		THEN(ctx, s, STAGE_PATH);
	}
	walk_begin(s, (u64)READ(file, f_path.mnt), (u64)READ(file, f_path.dentry));
	THEN(ctx, s, STAGE_WALK);
}

/* The path, and what follows it in the events that have one. */
PROGRAM(then_path)
{
	struct scratch *s = scratch_get();
	struct opened o;

	if (!s)
		return 0;
	if (s->start)
		param_end(s, write_path(s->start, s->name_count) - s->start);
	else
		put_empty(s);
	if (s->chain == CHAIN_OPEN) {
		opened_get(&o, s->ret);
		put_u32(s, o.dev);
		put_u64(s, o.ino);
	} else {
		put_program_tail(s, (void *)s->task);
		if (s->chain == CHAIN_EXEC)
			put_kernel_text(s, s->name, SYSCOPE_PATH_MAX);
		else if (s->type == PPME_SYSCALL_EXECVE_19_X)
			put_text(s, s->args[0]);
	}
	event_end(ctx, s);
	return 0;
}

PROGRAM(exit_open)
{
	struct scratch *s = scratch_get();
	struct opened o;

	if (!s)
		return 0;
	event_begin(s);
	opened_get(&o, s->ret);
	put_u64(s, s->ret);
	if (s->type == PPME_SYSCALL_OPEN_BY_HANDLE_AT_X) {
		put_int(s, s->args[0]);
		put_u32(s, opened_flags(&o, s->args[2]));
		s->chain = CHAIN_OPEN;
		return path_of(ctx, s, o.file);
	}
	put_opened(s, &o);
	event_end(ctx, s);
	return 0;
}

/* ---- control groups: a controller each round; s->start and s->place are where they begin and where the next one goes ---- */

static __always_inline int cgroups_of(ctx_t ctx, struct scratch *s)
{
	s->round = 0;
	s->start = s->data_at;
	s->place = s->data_at;
	THEN(ctx, s, STAGE_CGROUP);
}

/* Begins a list of texts, see then_texts. */
static __always_inline int texts_of(ctx_t ctx, struct scratch *s, u64 list)
{
	s->list = list;
	s->round = 0;
	s->start = s->data_at;
	s->place = s->data_at;
	THEN(ctx, s, STAGE_TEXTS);
}

PROGRAM(then_cgroup)
{
	struct scratch *s = scratch_get();
	struct task_struct *task;
	u32 length = 0;
	s32 number = -1;
	u64 name = 0;

	if (!s)
		return 0;
	task = (void *)s->task;
	switch (s->round) {
	case 0:
		number = CPUSET_NUMBER;
		name = TEXT_CPUSET;
		length = 7;
		break;
	case 1:
		number = CPU_NUMBER;
		name = TEXT_CPU;
		length = 4;
		break;
	case 2:
		number = CPUACCT_NUMBER;
		name = TEXT_CPUACCT;
		length = 8;
		break;
	case 3:
		number = IO_NUMBER;
		name = TEXT_IO;
		length = 3;
		break;
	case 4:
		number = MEMORY_NUMBER;
		name = TEXT_MEMORY;
		length = 7;
		break;
	}
	if (number >= 0 && room(s) >= 4 * SYSCOPE_PATH_MAX)
		s->place = write_cgroup(s, s->place, READ(task, cgroups), number, name, length);
	if (++s->round < 5)
		THEN(ctx, s, STAGE_CGROUP);
	param_end(s, s->place - s->start);
	switch (s->chain) {
	case CHAIN_EXEC:
		put_environment(s, task);
		THEN(ctx, s, STAGE_PROGRAM);
	case CHAIN_EXEC_FAILED:
		s->chain = CHAIN_EXEC_ENVIRONMENT;
		return texts_of(ctx, s, s->args[s->type == PPME_SYSCALL_EXECVEAT_X ? 3 : 2]);
	default:
		THEN(ctx, s, STAGE_CLONE_TAIL);
	}
}

/* ---- clone and exec ---- */

static __always_inline u64 text_pointer_size(struct scratch *s)
{
	return s->compat ? 4 : 8;
}

/* Texts of a list of pointers: s->list is the next pointer, s->place where its text goes. */
PROGRAM(then_texts)
{
	struct scratch *s = scratch_get();
	u32 i, next;

	if (!s)
		return 0;
	UNROLL
	for (i = 0; i < TEXTS_A_ROUND; i++) {
		next = list_text(s->list, s->place);
		if (!next)
			goto done;
		s->list += text_pointer_size(s);
		s->place = next;
		if (s->place - s->start >= ARGS_MAX)
			goto done;
	}
	if (++s->round < LIST_TEXTS / TEXTS_A_ROUND)
		THEN(ctx, s, STAGE_TEXTS);
done:
	text_list_end(s, s->start, s->place);
	if (s->chain == CHAIN_EXEC_ENVIRONMENT)
		THEN(ctx, s, STAGE_PROGRAM);
	put_process(s->task);
	return cgroups_of(ctx, s);
}

PROGRAM(then_program)
{
	struct scratch *s = scratch_get();
	struct task_struct *task;

	if (!s)
		return 0;
	task = (void *)s->task;
	put_program_head(s, task);
	return path_of(ctx, s, READ(task, mm, exe_file));
}

/* Failed calls only: a successful exec has replaced the memory that its arguments point to. */
PROGRAM(exit_exec)
{
	struct scratch *s = scratch_get();
	u64 exe = 0, argv;

	if (!s || s->ret >= 0)
		return 0;
	argv = s->args[s->type == PPME_SYSCALL_EXECVEAT_X ? 2 : 1];
	s->task = (u64)this_task();
	s->chain = CHAIN_EXEC_FAILED;
	event_begin(s);
	put_u64(s, s->ret);
	read_user(&exe, s->compat ? 4 : 8, (void *)argv);
	put_text(s, exe);
	return texts_of(ctx, s, argv + text_pointer_size(s));
}

/* The current task runs another program now, whose name the kernel has at this address; as a thread it was old_tid. */
static __always_inline int executed(ctx_t ctx, u32 old_tid, u64 name)
{
	struct task_struct *task = this_task();
	struct scratch *s = exec_begin(old_tid);

	if (!s)
		return 0;
	s->task = (u64)task;
	s->name = name;
	s->chain = CHAIN_EXEC;
	put_u64(s, 0);
	put_exe_args((u64)task);
	put_process((u64)task);
	return cgroups_of(ctx, s);
}

PROGRAM(exit_clone)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = this_task();

	if (!s)
		return 0;
#if defined(SYSCOPE_AARCH64) && defined(HAS_RAW_TRACEPOINT)
	if (s->ret == 0)	/* the child's side comes from sched_process_fork on this architecture */
		return 0;
#endif
	s->task = (u64)task;
	s->chain = CHAIN_CLONE;
	event_begin(s);
	put_u64(s, s->ret);
	if (s->ret >= 0) {
		put_exe_args((u64)task);
	} else {
		put_empty(s);
		put_empty(s);
	}
	put_process((u64)task);
	return cgroups_of(ctx, s);
}

PROGRAM(then_clone_tail)
{
	struct scratch *s = scratch_get();
	u32 flags;

	if (!s)
		return 0;
	flags = s->chain == CHAIN_FORK ? (u32)s->list : convert_clone(clone_flags(s));
	put_clone_tail(s, (void *)s->task, flags, s->ret == 0);
	event_end(ctx, s);
	return 0;
}

/* The child's side of a clone, told while the parent still is in the call. */
static __always_inline int forked(ctx_t ctx, struct task_struct *parent, struct task_struct *child)
{
	struct syscope_settings *set = settings_get();
	u32 tid = READ(child, pid), parent_tid = READ(parent, pid);
	struct syscope_thread *t = thread_find(parent_tid);
	u32 flags = t && (t->sc == PPM_SC_CLONE || t->sc == PPM_SC_CLONE3) ? convert_clone(t->saved[0]) : 0;
	struct scratch *s;

	if (!set || !((set->interest[PPM_SC_CLONE] | set->interest[PPM_SC_CLONE3]) & SYSCOPE_INTEREST_EXIT) ||
	    READ(child, flags) & SYSCOPE_PF_KTHREAD || !wanted(set, (u64)READ(child, tgid) << 32))
		return 0;
	s = tracepoint_begin(set, tid, PPME_SYSCALL_CLONE_20_X);
	if (!s)
		return 0;
	if (READ(parent, files) == READ(child, files))
		flags |= PPM_CLONE_FLAGS_CLONE_FILES;
	s->task = (u64)child;
	s->chain = CHAIN_FORK;
	put_u64(s, 0);
	put_exe_args((u64)child);
	put_process((u64)child);
	s->list = flags;
	return cgroups_of(ctx, s);
}

/* ---- the end of a process: who becomes the parent of its children, one ancestor each round ---- */

PROGRAM(then_reaper)
{
	struct syscope_settings *set = settings_get();
	struct task_struct *task = this_task();
	struct pid_namespace *ns = task_namespace(task);
	struct task_struct *init = READ(ns, child_reaper);
	struct scratch *s = scratch_get();
	struct task_struct *ancestor;
	s32 found = -1;

	if (!s || !set)
		return 0;
	ancestor = READ((struct task_struct *)s->task, real_parent);
	if (!ancestor || ancestor == init || task_level(ancestor) != task_level(task)) {
		found = READ(init, pid);
	} else {
		s->task = (u64)ancestor;
		if (READ_BITS(READ(ancestor, signal), is_child_subreaper))
			found = living_thread((u64)ancestor);
		else
			found = 0;
		if (!found && ++s->round < ANCESTOR_STEPS) {
			TAIL_CALL(ctx, stages, STAGE_REAPER);
			found = -1;
		} else if (!found) {
			found = -1;
		}
	}
	process_ended(ctx, set, task, found);
	return 0;
}

static __always_inline int process_left(ctx_t ctx)
{
	struct task_struct *task = this_task();
	struct syscope_settings *set = settings_get();
	s32 found = 0;

	if (!set || !process_ends(set, task))
		return 0;
	if (has_children(task)) {
		struct pid_namespace *ns = task_namespace(task);
		struct task_struct *init = READ(ns, child_reaper);

		found = living_thread((u64)task);
		if (!found && init != task) {
			struct scratch *s = scratch_get();

			found = READ(init, pid);
			if (s && READ_BITS(READ(task, signal), has_child_subreaper)) {
				s->task = (u64)task;
				s->round = 0;
				TAIL_CALL(ctx, stages, STAGE_REAPER);
				found = -1;
			}
		}
	}
	process_ended(ctx, set, task, found);
	return 0;
}

#endif
