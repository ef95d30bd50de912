namespace MesoClinic.Rules.Matching;

/// <summary>All prefixes that rules speak of, letter by letter: a code walks down as far as anything is known of it.</summary>
internal sealed class PrefixTree
{
    private readonly Dictionary<long, int> next = [];
    private readonly List<int> keys = [Keys.None];

    public void Add(string prefix, int key)
    {
        var node = 0;
        foreach (var letter in prefix)
        {
            if (!next.TryGetValue(Step(node, letter), out var child))
            {
                child = keys.Count;
                keys.Add(Keys.None);
                next.Add(Step(node, letter), child);
            }
            node = child;
        }
        keys[node] = key;
    }

    /// <summary>Adds the keys of all prefixes that a code begins with, the shortest first.</summary>
    public void AddPrefixesOf(string code, bool ignoreCase, ref KeyBuffer found)
    {
        var node = 0;
        foreach (var letter in code)
        {
            if (!next.TryGetValue(Step(node, ignoreCase ? char.ToUpperInvariant(letter) : letter), out node))
            {
                return;
            }
            if (keys[node] != Keys.None)
            {
                found.Add(keys[node]);
            }
        }
    }

    private static long Step(int node, char letter) => ((long)node << 16) | letter;
}
