using BenchmarkDotNet.Attributes;
using MesoClinic.Rules;
using MesoClinic.Rules.Cases;

namespace MesoClinic.Benchmarks;

/// <summary>The same patients against books of a hundred, a thousand and ten thousand rules: what grows is the book, not the cost.</summary>
[MemoryDiagnoser]
[MedianColumn]
public class Growth
{
    private RuleBook book = null!;
    private Case clear = null!;
    private Case withFindings = null!;

    [Params(100, 1_000, 10_000)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        book = Patients.Checked(new RuleBook(ManyRules.Of(Rules)));
        clear = book.Resolve(Patients.Clear);
        withFindings = book.Resolve(Patients.WithFindings);
    }

    [Benchmark]
    public Assessment Clear_from_resolved_facts() => book.Assess(clear);

    [Benchmark]
    public Assessment Clear_from_the_request() => book.Assess(Patients.Clear);

    [Benchmark]
    public Assessment With_findings_from_resolved_facts() => book.Assess(withFindings);
}
