namespace MesoClinic.Application.Patients;

/// <summary>Finds rows of a knowledge table by the beginnings of words, or by code; the best first.</summary>
internal static class KnowledgeSearch
{
    /// <param name="codes">The row's codes, apart by spaces.</param>
    /// <param name="names">Title and synonyms; the title first.</param>
    public static IEnumerable<T> Best<T>(IEnumerable<T> rows, string text, Func<T, string> codes, Func<T, IEnumerable<string>> names, int most)
    {
        var asked = SearchText.Words(text).ToList();
        var code = text.Trim().ToUpperInvariant();
        return asked.Count == 0 ? [] : rows
            .Select(row => (Row: row, Rank: Rank(asked, code, codes(row), names(row))))
            .Where(found => found.Rank > 0)
            .OrderByDescending(found => found.Rank)
            .Take(most)
            .Select(found => found.Row);
    }

    /// <summary>4: the code; 3: one name has all words and begins with them; 2: one name has all words; 1: all words stand somewhere.</summary>
    private static int Rank(List<string> asked, string code, string codes, IEnumerable<string> names)
    {
        if (codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(own => own.StartsWith(code, StringComparison.Ordinal)))
        {
            return 4;
        }

        var words = names.Select(name => SearchText.Words(name).ToList()).ToList();
        return words.Exists(name => Has(name, asked) && name[0].StartsWith(asked[0], StringComparison.Ordinal)) ? 3
            : words.Exists(name => Has(name, asked)) ? 2
            : Has([.. words.SelectMany(name => name)], asked) ? 1 : 0;
    }

    private static bool Has(List<string> name, List<string> asked) => asked.TrueForAll(word => name.Exists(own => own.StartsWith(word, StringComparison.Ordinal)));
}
