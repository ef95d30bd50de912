using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Cases;

/// <summary>One request made ready to be read by one rule book: rows looked up, codes and names understood. Immutable; assess it on as many days as you like.</summary>
public sealed class Case
{
    internal Case(RuleBook book, AssessmentRequest request)
        : this(book, request, new ResolvedPatient(request, book))
    {
    }

    private Case(RuleBook book, AssessmentRequest request, ResolvedPatient patient)
    {
        Book = book;
        Request = request;
        Patient = patient;
        Plan = new ResolvedPlan(request.Plan, book);
        Date = request.Date;
        Day = Date.DayNumber;
        Age = Ages.On(Date, Patient.Facts.BirthDate);
        PlanKeys = book.Catalogue.KeysOfPlan(this);
    }

    private Case(Case same, DateOnly date)
    {
        Book = same.Book;
        Request = same.Request;
        Patient = same.Patient;
        Plan = same.Plan;
        PlanKeys = same.PlanKeys;
        Date = date;
        Day = date.DayNumber;
        Age = Ages.On(date, Patient.Facts.BirthDate);
    }

    /// <summary>The day that is assessed.</summary>
    public DateOnly Date { get; }

    internal RuleBook Book { get; }

    /// <summary>The request as it came. Its date is the one first asked about; <see cref="Date"/> counts.</summary>
    internal AssessmentRequest Request { get; }
    internal ResolvedPatient Patient { get; }
    internal ResolvedPlan Plan { get; }

    /// <summary>What rules wait for in the plan.</summary>
    internal int[] PlanKeys { get; }
    internal Stage Stage => Request.Stage;
    internal int Day { get; }

    /// <summary>Age in completed years.</summary>
    internal int? Age { get; }

    /// <summary>A plan field that is not filled in: at the start it must be known; before, it is simply not decided yet.</summary>
    internal Truth NotPlanned => Stage == Stage.Start ? Truth.Unknown : Truth.No;

    /// <summary>The same facts and plan on another day.</summary>
    public Case On(DateOnly date) => new(this, date);

    /// <summary>The same patient with another plan.</summary>
    internal Case With(TreatmentPlan plan, Stage stage) => new(Book, Request with { Plan = plan, Stage = stage, Date = Date }, Patient);

    /// <summary>Marks the rules that these facts wake; every other rule says no.</summary>
    internal void Wake(RuleSet awake)
    {
        var subscriptions = Book.Subscriptions;
        subscriptions.WakeAlways(awake);
        foreach (var key in Patient.Keys)
        {
            subscriptions.Wake(key, awake);
        }
        foreach (var key in PlanKeys)
        {
            subscriptions.Wake(key, awake);
        }
        Book.Catalogue.Calendar.Wake(this, awake);
    }

    /// <summary>What does not stand on a list: not there, unless the list was never given or its review has expired.</summary>
    internal Truth NotOn(HistoryList list) => (Patient.Unlisted & list.Bit) == 0 ? Truth.No : Truth.Unknown;

    internal void AddUnlisted(HistoryList list, List<string> fields)
    {
        if (NotOn(list) == Truth.Unknown)
        {
            fields.Add(list.Field);
        }
    }

    /// <summary>Whether something that names areas (none = the whole body) touches the planned ones.</summary>
    internal Truth Touches(in AreaSet named, Extent extent)
    {
        if (extent != Extent.TreatedArea || named.IsEmpty)
        {
            return Truth.Yes;
        }
        if (Plan.Source.Areas is null)
        {
            return NotPlanned;
        }
        return named.Overlaps(Plan.Areas) ? Truth.Yes : Truth.No;
    }

    /// <summary>The days within two years on which the patient turns a year older.</summary>
    internal void AddBirthdays(List<int> days)
    {
        for (var year = Date.Year; Patient.Facts.BirthDate is { } birth && year <= Math.Min(Date.Year + 2, DateOnly.MaxValue.Year); year++)
        {
            days.Add(Ages.Birthday(birth, year).DayNumber);
        }
    }

    internal void AddMonthStarts(List<int> days)
    {
        var last = new DateOnly(Math.Min(Date.Year + 2, DateOnly.MaxValue.Year), 12, 1);
        for (var start = new DateOnly(Date.Year, Date.Month, 1); start < last; start = start.AddMonths(1))
        {
            days.Add(start.AddMonths(1).DayNumber);
        }
    }
}
