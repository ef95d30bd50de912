using System.Runtime.InteropServices;

namespace MesoClinic.Rules.Cases;

/// <summary>Some treatment areas: one bit for each of the table's first 64, the names of all others.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct AreaSet
{
    private readonly ulong bits;
    private readonly string[] others;

    public AreaSet(IReadOnlyList<string>? areas, Catalogue catalogue)
    {
        others = [];
        for (var i = 0; i < (areas?.Count ?? 0); i++)
        {
            var area = areas![i];
            var bit = catalogue.AreaBit(area);
            bits |= bit;
            others = bit == 0 ? [.. others, area] : others;
        }
    }

    public bool IsEmpty => bits == 0 && others is null or [];

    /// <summary>Whether any stands outside the first 64 of the table.</summary>
    public bool HasOthers => others is { Length: > 0 };

    public bool Overlaps(AreaSet planned) => (bits & planned.bits) != 0 || (others.Length > 0 && planned.others.AsSpan().ContainsAny(others));
}
