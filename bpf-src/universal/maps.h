/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The maps. "cpus", "scratch" and "rings" have one entry per possible CPU: the loader sets max_entries. They are plain
 * arrays looked up by CPU number, which costs three instructions; per-CPU arrays allow only 32 KiB a value.
 */
#ifndef SYSCOPE_MAPS_H
#define SYSCOPE_MAPS_H

#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include "interface.h"
#include "scratch.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct syscope_settings);
} settings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct syscope_cpu);
} cpus SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct scratch);
} scratch SEC(".maps");

/* Events lost by event type, all CPUs together. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 512);
	__type(key, u32);
	__type(value, u64);
} lost_types SEC(".maps");

struct ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024);
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, u32);
	__array(values, struct ring);
} rings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__type(key, u32);
	__type(value, struct syscope_thread);
} threads SEC(".maps");

/* An operation of io_uring between its submission and its end. */
struct request {
	u64 submit_ts;
	u64 offset;
	u32 tid;
	s32 fd;
	u32 length;
	u8 opcode;
	u8 flags;
};

/* By the address of the kernel's request. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, u64);
	__type(value, struct request);
} requests SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 32768);
	__type(key, u32);
	__type(value, u32);
} traced SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, SYSCOPE_MUTE_SLOTS);
	__type(key, u32);
	__type(value, struct syscope_mute);
} mutes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, SYSCOPE_SLOT_COUNT);
	__type(key, u32);
	__type(value, u32);
} exits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, SYSCOPE_SLOT_COUNT);
	__type(key, u32);
	__type(value, u32);
} enters SEC(".maps");

#endif
