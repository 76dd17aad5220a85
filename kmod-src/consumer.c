// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What belongs to one consumer, and its tables of threads and of io_uring's operations, which probes use without locks. */
#include <linux/hash.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "syscope.h"

/* All that a consumer needs but its rings; NULL where memory is short. */
struct consumer *consumer_make(void)
{
	struct consumer *consumer = vzalloc(sizeof(*consumer) + nr_cpu_ids * sizeof(consumer->lanes[0]));
	unsigned int cpu;

	if (!consumer)
		return NULL;
	atomic_set(&consumer->users, 1);
	consumer->place = -1;
	consumer->threads = vzalloc(THREAD_SETS * THREAD_WAYS * sizeof(*consumer->threads));
	consumer->operations = vzalloc((OPERATION_WAYS << OPERATION_SET_BITS) * sizeof(*consumer->operations));
	consumer->mutes = vmalloc_user(SYSCOPE_MUTE_SLOTS * sizeof(*consumer->mutes));
	consumer->traced = vzalloc(TGID_LIMIT / 8);
	consumer->lost_types = __alloc_percpu(EVENT_TYPE_COUNT * sizeof(u64), sizeof(u64));
	if (!consumer->threads || !consumer->operations || !consumer->mutes || !consumer->traced || !consumer->lost_types)
		goto failed;
	for_each_possible_cpu(cpu) {
		consumer->lanes[cpu].consumer = consumer;
		consumer->lanes[cpu].counters = (void *)get_zeroed_page(GFP_KERNEL);
		if (!consumer->lanes[cpu].counters)
			goto failed;
	}
	return consumer;
failed:
	consumer_free(consumer);
	return NULL;
}

/* No probe may know of it any more. */
void consumer_free(struct consumer *consumer)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		ring_drop(consumer->lanes[cpu].ring);
		free_page((unsigned long)consumer->lanes[cpu].counters);
	}
	free_percpu(consumer->lost_types);
	vfree(consumer->traced);
	vfree(consumer->mutes);
	vfree(consumer->operations);
	vfree(consumer->threads);
	vfree(consumer);
}

static struct thread_place *set_of(struct consumer *consumer, u32 tid)
{
	return consumer->threads + (tid & (THREAD_SETS - 1)) * THREAD_WAYS;
}

/*
 * A thread's entry is made and used by the thread itself, by its parent before it runs, or by itself under another number
 * while it runs another program: never by two at once.
 */
struct syscope_thread *consumer_thread(struct consumer *consumer, u32 tid)
{
	struct thread_place *place = set_of(consumer, tid);
	int i;

	for (i = 0; i < THREAD_WAYS; i++)
		if (READ_ONCE(place[i].tid) == tid)
			return &place[i].value;
	return NULL;
}

int consumer_thread_put(struct consumer *consumer, u32 tid, const struct syscope_thread *value)
{
	struct syscope_thread *own = consumer_thread(consumer, tid);
	struct thread_place *place = set_of(consumer, tid);
	int i;

	for (i = 0; !own && i < THREAD_WAYS; i++)
		if (!READ_ONCE(place[i].tid) && !cmpxchg(&place[i].tid, 0, tid))
			own = &place[i].value;
	if (!own)
		return -ENOSPC;
	*own = *value;
	return 0;
}

void consumer_thread_forget(struct consumer *consumer, u32 tid)
{
	struct syscope_thread *own = consumer_thread(consumer, tid);

	if (own)
		WRITE_ONCE(container_of(own, struct thread_place, value)->tid, 0);
}

static struct operation_place *operations_of(struct consumer *consumer, u64 request)
{
	return consumer->operations + hash_64(request, OPERATION_SET_BITS) * OPERATION_WAYS;
}

/* A request is submitted once and ends once: its entry, too, is never used by two at once. */
struct operation *consumer_operation(struct consumer *consumer, u64 request)
{
	struct operation_place *place = operations_of(consumer, request);
	int i;

	for (i = 0; i < OPERATION_WAYS; i++)
		if (READ_ONCE(place[i].request) == request)
			return &place[i].value;
	return NULL;
}

int consumer_operation_put(struct consumer *consumer, u64 request, const struct operation *value)
{
	struct operation *own = consumer_operation(consumer, request);
	struct operation_place *place = operations_of(consumer, request);
	int i;

	for (i = 0; !own && i < OPERATION_WAYS; i++)
		if (!READ_ONCE(place[i].request) && !cmpxchg(&place[i].request, 0, request))
			own = &place[i].value;
	if (!own)
		return -ENOSPC;
	*own = *value;
	return 0;
}

void consumer_operation_forget(struct consumer *consumer, u64 request)
{
	struct operation *own = consumer_operation(consumer, request);

	if (own)
		WRITE_ONCE(container_of(own, struct operation_place, value)->request, 0);
}
