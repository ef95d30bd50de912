using FluentValidation;
using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Staff;

/// <summary>One weekday of a form: open, or at work, from when to when.</summary>
public sealed class WeekdayForm
{
    public DayOfWeek Day { get; set; }
    public bool IsOn { get; set; }
    public TimeOnly? From { get; set; }
    public TimeOnly? To { get; set; }
    public TimeOnly? BreakFrom { get; set; }
    public TimeOnly? BreakTo { get; set; }

    /// <summary>Seven days, Monday first.</summary>
    public static List<WeekdayForm> Of(IReadOnlyList<DayHours> hours) => [.. DayHours.Week.Select(day => hours.FirstOrDefault(h => h.Day == day) is { } on
        ? new WeekdayForm { Day = day, IsOn = true, From = on.From, To = on.To, BreakFrom = on.BreakFrom, BreakTo = on.BreakTo }
        : new WeekdayForm { Day = day })];

    /// <summary>The days that are ticked; of a form that passed its validator.</summary>
    public static List<DayHours> ToHours(IReadOnlyList<WeekdayForm> days) =>
        [.. days.Where(day => day.IsOn).Select(day => new DayHours { Day = day.Day, From = day.From!.Value, To = day.To!.Value, BreakFrom = day.BreakFrom, BreakTo = day.BreakTo })];
}

internal static class WeekRules
{
    public const string Repeated = "Each weekday stands here once.";

    public static bool AreWeekdays(List<WeekdayForm> days) => days.TrueForAll(day => Enum.IsDefined(day.Day)) && days.Select(day => day.Day).Distinct().Count() == days.Count;
}

internal sealed class WeekdayValidator : AbstractValidator<WeekdayForm>
{
    public WeekdayValidator() => When(day => day.IsOn, () =>
    {
        RuleFor(day => day.From).NotNull().WithMessage("Enter from when.").Must(OnGrid).WithMessage("In steps of five minutes.");
        RuleFor(day => day.To).NotNull().WithMessage("Enter until when.").Must(OnGrid).WithMessage("In steps of five minutes.")
            .Must((day, to) => to is null || day.From is null || to > day.From).WithMessage("Must be later than the start, on the same day.");
        RuleFor(day => day.BreakFrom).Must(OnGrid).WithMessage("In steps of five minutes.")
            .Must((day, from) => from is not null || day.BreakTo is null).WithMessage("Enter when the break begins, or leave both empty.")
            .Must((day, from) => from is null || day.From is null || from > day.From).WithMessage("The break begins after the start.");
        RuleFor(day => day.BreakTo).Must(OnGrid).WithMessage("In steps of five minutes.")
            .Must((day, to) => to is not null || day.BreakFrom is null).WithMessage("Enter when the break ends, or leave both empty.")
            .Must((day, to) => to is null || day.BreakFrom is null || to > day.BreakFrom).WithMessage("The break ends after it begins.")
            .Must((day, to) => to is null || day.To is null || to < day.To).WithMessage("The break ends before the day does.");
    });

    private static bool OnGrid(TimeOnly? time) => time is null || time.Value.Ticks % SlotClaim.Grain.Ticks == 0;
}
