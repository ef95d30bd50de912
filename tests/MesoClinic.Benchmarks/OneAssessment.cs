using BenchmarkDotNet.Attributes;
using MesoClinic.Rules;
using MesoClinic.Rules.Cases;

namespace MesoClinic.Benchmarks;

/// <summary>One full assessment of a patient with ten conditions, ten medicines and a cocktail of five, against the whole shipped book.</summary>
[MemoryDiagnoser]
[MedianColumn]
public class OneAssessment
{
    private RuleBook book = null!;
    private Case clear = null!;
    private Case withFindings = null!;

    [GlobalSetup]
    public void Prepare()
    {
        book = Patients.Checked(new RuleBook(Patients.Knowledge));
        clear = book.Resolve(Patients.Clear);
        withFindings = book.Resolve(Patients.WithFindings);
    }

    [Benchmark(Baseline = true)]
    public Assessment Clear_from_resolved_facts() => book.Assess(clear);

    [Benchmark]
    public Assessment Clear_from_the_request() => book.Assess(Patients.Clear);

    [Benchmark]
    public Assessment With_findings_from_resolved_facts() => book.Assess(withFindings);

    [Benchmark]
    public Assessment With_findings_from_the_request() => book.Assess(Patients.WithFindings);
}
