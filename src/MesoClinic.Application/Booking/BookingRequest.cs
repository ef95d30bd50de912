using FluentValidation;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Booking;

/// <summary>What is asked of the calendar: the model of the booking form, whether it is only tried or booked.</summary>
public interface IBookingRequest : IBookedTime
{
    Guid? PatientId { get; }
    AppointmentKind Kind { get; }
    string? Indication { get; }
    IReadOnlyList<string> Areas { get; }
    string? Technique { get; }
    string? Administration { get; }
    IReadOnlyList<string> Ingredients { get; }
}

/// <summary>The part of a form that says what is planned.</summary>
public interface IPlanForm
{
    AppointmentKind Kind { get; }
    string? Indication { get; set; }
    IReadOnlyList<string> Areas { get; set; }
    string? Technique { get; set; }
    string? Administration { get; set; }
    IReadOnlyList<string> Ingredients { get; set; }
}

/// <summary>The plan of a booking request, and what of it the knowledge does not know.</summary>
internal static class BookingPlan
{
    public static PlannedTreatment Of(IBookingRequest request) => new()
    {
        Indication = NullIfEmpty(request.Indication),
        Areas = [.. request.Areas.Distinct(StringComparer.Ordinal)],
        Technique = NullIfEmpty(request.Technique),
        Administration = NullIfEmpty(request.Administration),
        Ingredients = [.. request.Ingredients.Distinct(StringComparer.Ordinal)],
    };

    public static bool IsEmpty(PlannedTreatment plan) => plan is { Indication: null, Technique: null, Administration: null, Areas.Count: 0, Ingredients.Count: 0 };

    /// <summary>What a treatment needs before it can be judged, and ids that nobody knows.</summary>
    public static Dictionary<string, string[]> Problems(IBookingRequest request, KnowledgeBase knowledge)
    {
        var problems = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var plan = Of(request);
        var isInjection = knowledge.Techniques.Any(t => t.Id == plan.Technique && t.Kind == TechniqueKind.Injection);
        if (request.Kind == AppointmentKind.Session)
        {
            Need(plan.Indication is not null, nameof(request.Indication), "Choose what the session is for.");
            Need(plan.Areas.Count > 0, nameof(request.Areas), "Choose at least one area.");
            Need(plan.Technique is not null, nameof(request.Technique), "Choose a technique.");
            Need(!isInjection || plan.Ingredients.Count > 0, nameof(request.Ingredients), "Choose what is to be injected. It can still be changed before the session.");
        }

        Need(request.Kind != AppointmentKind.AllergyTest || plan.Ingredients.Count > 0, nameof(request.Ingredients), "Choose what is to be tested.");
        Need(plan.Indication is null || knowledge.Indications.Any(row => row.Id == plan.Indication), nameof(request.Indication), "Choose one of the list.");
        Need(plan.Areas.All(id => knowledge.Areas.Any(row => row.Id == id)), nameof(request.Areas), "Choose areas of the list.");
        Need(plan.Technique is null || BookingChoices.IsTechnique(knowledge, plan.Technique), nameof(request.Technique), "Choose one of the list.");
        Need(
            plan.Administration is null || knowledge.Techniques.Any(row => row.Id == plan.Administration && row.Kind == TechniqueKind.Administration),
            nameof(request.Administration), "Choose one of the list.");
        Need(plan.Ingredients.All(id => knowledge.Ingredients.Any(row => row.Id == id)), nameof(request.Ingredients), "Choose ingredients of the list.");
        return problems;

        void Need(bool fulfilled, string field, string message)
        {
            if (!fulfilled)
            {
                problems.TryAdd(field, [message]);
            }
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>Shape of the time that every booking and move needs.</summary>
internal sealed class BookedTimeValidator : AbstractValidator<IBookedTime>
{
    public BookedTimeValidator()
    {
        RuleFor(time => time.Date).NotNull().WithMessage("Choose a day.");
        RuleFor(time => time.Start).NotNull().WithMessage("Choose a start time.");
        RuleFor(time => time.Start).Must(OnTheGrid).WithMessage("Start on a full five minutes, such as 10:30 or 10:35.").When(time => time.Start is not null);
        RuleFor(time => time.Minutes).NotNull().WithMessage("Say how long it takes, in minutes.");
        RuleFor(time => time.Minutes).InclusiveBetween(5, Appointment.LongestMinutes).WithMessage($"Between 5 and {Appointment.LongestMinutes} minutes.");
        RuleFor(time => time.Minutes).Must(minutes => minutes % 5 == 0).WithMessage("In steps of five minutes, such as 30 or 35.").When(time => time.Minutes is >= 5 and <= Appointment.LongestMinutes);
        RuleFor(time => time.PractitionerId).NotNull().WithMessage("Choose who treats.");
        RuleFor(time => time.RoomId).NotNull().WithMessage("Choose a room.");
    }

    private static bool OnTheGrid(TimeOnly? start) => start!.Value.Ticks % SlotClaim.Grain.Ticks == 0;
}

/// <summary>When, with whom and where.</summary>
public interface IBookedTime
{
    DateOnly? Date { get; }
    TimeOnly? Start { get; }
    int? Minutes { get; }
    Guid? PractitionerId { get; }
    Guid? RoomId { get; }
}

/// <summary>Shape of the lists that are ticked.</summary>
internal static class TickedLists
{
    public const int Most = 40;

    public static bool AreSane(IReadOnlyList<string> ids) => ids.Count <= Most && ids.All(id => id is { Length: > 0 and <= Limits.Code });
}
