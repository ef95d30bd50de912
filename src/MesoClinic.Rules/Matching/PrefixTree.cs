namespace MesoClinic.Rules.Matching;

/// <summary>All prefixes that rules speak of, letter by letter: a code walks down as far as anything is known of it.</summary>
internal sealed class PrefixTree
{
    private const int Letters = 37;

    /// <summary>For each node the next one for each letter; 0 where nothing follows, for nothing leads back to the root.</summary>
    private readonly List<int[]> next = [new int[Letters]];
    private readonly List<int> keys = [Keys.None];

    public void Add(string prefix, int key)
    {
        var node = 0;
        foreach (var letter in prefix)
        {
            var place = PlaceOf(letter);
            if (place < 0)
            {
                throw new ArgumentException($"\"{prefix}\" is no prefix of a code: codes are made of capital letters, digits and dots.", nameof(prefix));
            }
            if (next[node][place] == 0)
            {
                next[node][place] = keys.Count;
                next.Add(new int[Letters]);
                keys.Add(Keys.None);
            }
            node = next[node][place];
        }
        keys[node] = key;
    }

    /// <summary>Adds the keys of all prefixes that a code begins with, the shortest first.</summary>
    public void AddPrefixesOf(string code, bool ignoreCase, ref KeyBuffer found)
    {
        var node = 0;
        foreach (var letter in code)
        {
            var place = PlaceOf(ignoreCase && char.IsAsciiLetterLower(letter) ? (char)(letter - 'a' + 'A') : letter);
            node = place < 0 ? 0 : next[node][place];
            if (node == 0)
            {
                return;
            }
            if (keys[node] != Keys.None)
            {
                found.Add(keys[node]);
            }
        }
    }

    private static int PlaceOf(char letter) => letter switch
    {
        >= '0' and <= '9' => letter - '0',
        >= 'A' and <= 'Z' => letter - 'A' + 10,
        '.' => 36,
        _ => -1,
    };
}
