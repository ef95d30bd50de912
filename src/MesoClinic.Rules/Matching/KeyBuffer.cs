namespace MesoClinic.Rules.Matching;

/// <summary>Collects keys on the stack, as long as they are few.</summary>
internal ref struct KeyBuffer(Span<int> space)
{
    private Span<int> space = space;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<int> Found => space[..Count];

    public void Add(int key)
    {
        if (Count == space.Length)
        {
            var wider = new int[Count * 2];
            space.CopyTo(wider);
            space = wider;
        }
        space[Count++] = key;
    }

    public readonly int[] ToArray() => Count == 0 ? [] : Found.ToArray();
}

internal static class KeySets
{
    /// <summary>A few bits for a set of keys: two sets whose bits do not overlap have no key in common. Most are told apart by this alone.</summary>
    public static ulong Fingerprint(this ReadOnlySpan<int> keys)
    {
        var bits = 0UL;
        foreach (var key in keys)
        {
            bits |= key == Keys.None ? 0 : 1UL << (int)((uint)key * 0x9E3779B9 >> 26);
        }
        return bits;
    }

    public static bool Overlaps(this int[] some, int[] others)
    {
        if (others.Length > 0)
        {
            foreach (var key in some)
            {
                if (others.AsSpan().Contains(key))
                {
                    return true;
                }
            }
        }
        return false;
    }
}
