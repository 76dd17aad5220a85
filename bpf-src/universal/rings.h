/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The rings that records go into. Where the loader allows it (own_ring_mask), a CPU has a ring of its own in a mapped array, laid
 * out as the kernel's rings are, so that the reader knows one kind only:
 *
 *     0        u64 position of the reader
 *     4096     u64 position of the programs; both only grow
 *     8192     data: at position mod size { u32 length, bit 31: not yet complete; u32 0; record; up to a multiple of 8 }
 *
 * The kernel's ring takes a lock, several calls and a copy for each record; this one takes two loads and three stores. It may have
 * one writer at a time only: programs on tracepoints cannot be preempted; what does interrupt one, a page fault while it reads
 * user memory, finds the position already moved. The order of the writes is the program's, which x86_64 keeps; aarch64 does
 * not, and uses the kernel's rings.
 */
#ifndef SYSCOPE_RINGS_H
#define SYSCOPE_RINGS_H

#define RECORD_BUSY 0x80000000U
#define RECORD_DISCARDED 0x40000000U
#define RING_RECORD_HEAD 8	/* length and 0 in front of each record */
#define OVERRUN 64	/* whoever writes a record may write less than this behind its end: no unread record lies there */

/* Keeps the compiler from moving writes across. */
#define ORDERED() asm volatile("" ::: "memory")

static __always_inline void *ring_get(u32 cpu)
{
#if defined(SYSCOPE_X86_64)
	if (own_ring_mask) {
		void *ring = bpf_map_lookup_elem(&own_rings, &cpu);
		u32 zero = 0;

		return ring ? bpf_map_lookup_elem(ring, &zero) : NULL;
	}
#endif
	return bpf_map_lookup_elem(&rings, &cpu);
}

/* Room for a record of this many bytes, less than OWN_RING_SLACK: where its head is; NULL if the ring is full. */
static __always_inline u8 *own_reserve(u8 *ring, u32 size)
{
	u64 position = *(u64 *)(ring + OWN_RING_PAGE);
	u64 total = RING_RECORD_HEAD + ((size + 7) & ~7);
	u64 at = position;
	u8 *record;

	if (position + total + OVERRUN - *(volatile u64 *)ring > own_ring_mask)
		return NULL;
	/* own_ring_mask is a constant to the verifier; to the compiler it could be anything, so it keeps the instruction. */
	at &= own_ring_mask;
	record = ring + OWN_RING_HEAD + at;
	*(u64 *)record = size | RECORD_BUSY;
	ORDERED();
	*(volatile u64 *)(ring + OWN_RING_PAGE) = position + total;
	return record;
}

static __always_inline void own_commit(u8 *record, u32 size)
{
	ORDERED();
	*(volatile u32 *)record = size;
}

/* The record is not sent after all. */
static __always_inline void own_discard(u8 *record, u32 size)
{
	ORDERED();
	*(volatile u32 *)record = size | RECORD_DISCARDED;
}

static __always_inline long ring_output(ctx_t ctx, void *ring, struct syscope_settings *set, void *from, u64 size)
{
#if defined(SYSCOPE_X86_64)
	if (own_ring_mask) {
		u8 *record = own_reserve(ring, size);

		if (!record)
			return 1;
		bpf_probe_read_kernel(record + RING_RECORD_HEAD, size, from);
		own_commit(record, size);
		return 0;
	}
#endif
	return bpf_ringbuf_output(ring, from, size, set->ring_flags);
}

/* For records of a constant size. */
static __always_inline void *ring_reserve(void *ring, u64 size)
{
#if defined(SYSCOPE_X86_64)
	if (own_ring_mask) {
		u8 *record = own_reserve(ring, size);

		return record ? record + RING_RECORD_HEAD : NULL;
	}
#endif
	return bpf_ringbuf_reserve(ring, size, 0);
}

static __always_inline void ring_submit(ctx_t ctx, void *record, struct syscope_settings *set, u64 size)
{
#if defined(SYSCOPE_X86_64)
	if (own_ring_mask) {
		own_commit((u8 *)record - RING_RECORD_HEAD, size);
		return;
	}
#endif
	bpf_ringbuf_submit(record, set->ring_flags);
}

#endif
