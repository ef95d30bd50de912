using FluentValidation;
using MesoClinic.Domain;
using MesoClinic.Domain.Sessions.Mapping;

namespace MesoClinic.Application.Sessions;

/// <summary>What can be told of a draft by its numbers alone.</summary>
public static partial class SaveSessionDraft
{
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>No single injection holds more: a slip of the decimal point.</summary>
        public const decimal MostPointMl = 5;
        private const string PointVolumeMessage = "Write a volume above 0 and up to 5 ml; 0.014 means fourteen thousandths of a millilitre.";
        private const int LongestObservation = 600;
        private const int MostReactions = 50;

        /// <summary>More than any ampoule, vial or syringe of the field holds: a slip of the decimal point.</summary>
        public const decimal MostLineMl = 20;
        internal const string LineVolumeMessage = "Write a volume above 0 and up to 20 ml; 0.8 means eight tenths of a millilitre.";

        public Validator()
        {
            RuleFor(c => c.NeedleOuterDiameterMm).Must(mm => mm is null or (>= 0.1m and <= 1)).WithMessage("The outer diameter of a needle lies between 0.1 and 1 mm; 30G is 0.3 mm.");
            RuleFor(c => c.DepthMm).Must(IsDepth).WithMessage("Write a depth between 0.1 and 20 mm.");
            RuleFor(c => c.VolumePerInjectionMl).Must(IsVolume).WithMessage(PointVolumeMessage);
            RuleFor(c => c.VolumePerInjectionMl).PrecisionScale(12, 4, ignoreTrailingZeros: true).WithMessage("Four digits after the point are enough.");
            RuleFor(c => c.Points).Must(points => points is null or (>= 1 and <= PointLayout.MostPoints)).WithMessage("Write a number of points between 1 and 3000.");
            RuleFor(c => c.Sites).Must(sites => sites.Sum(site => site.Points.Count) <= PointLayout.MostPoints).WithMessage(c => $"A session records up to {PointLayout.MostPoints} points; these are {c.Sites.Sum(site => site.Points.Count)}.");
            RuleFor(c => c.Sites).Must(sites => sites.DistinctBy(site => (site.View, site.Area, site.Side)).Count() == sites.Count).WithMessage("One side of an area is on the map twice.");
            RuleForEach(c => c.Sites).ChildRules(site =>
            {
                site.RuleFor(s => s.DepthMm).Must(IsDepth).WithMessage("Write a depth between 0.1 and 20 mm.");
                site.RuleFor(s => s.VolumePerPointMl).Must(IsVolume).WithMessage(PointVolumeMessage);
                site.RuleFor(s => s.VolumePerPointMl).PrecisionScale(12, 4, ignoreTrailingZeros: true).WithMessage("Four digits after the point are enough.");
            });
            RuleFor(c => c.InjectionSpeed).Must(speed => speed is null or "slow" or "fast").WithMessage("Say slow or fast.");
            RuleFor(c => c.Notes).MaximumLength(Limits.Text).WithMessage($"Keep the notes within {Limits.Text} characters.");
            RuleFor(c => c.PainScore).Must(score => score is null or (>= 0 and <= 10)).WithMessage("The patient rates pain from 0 (none) to 10 (the worst imaginable).");
            RuleFor(c => c.ObservedMinutes).Must(minutes => minutes is null or (>= 0 and <= LongestObservation)).WithMessage($"Write the minutes that the patient was watched, up to {LongestObservation}.");
            RuleFor(c => c.StepsLeftOut).MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
            RuleFor(c => c.StopReason).MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
            RuleFor(c => c.Reactions).Must(reactions => reactions.Count <= MostReactions).WithMessage($"A session records up to {MostReactions} reactions.");
            RuleForEach(c => c.Reactions).ChildRules(reaction =>
            {
                reaction.RuleFor(r => r.Text).MaximumLength(Limits.Line).WithMessage($"Keep it within {Limits.Line} characters.");
                reaction.RuleFor(r => r.Text).Must((r, text) => r.Complication.Length > 0 || !string.IsNullOrWhiteSpace(text) || !string.IsNullOrWhiteSpace(r.Action)).WithMessage("Choose what happened, or write it.");
                reaction.RuleFor(r => r.Action).MaximumLength(Limits.Line).WithMessage($"Keep it within {Limits.Line} characters.");
            });
            RuleFor(c => c.Lines).Must(lines => lines.Count <= DraftLines.MostLines || lines.TrueForAll(line => line.IsBegun)).WithMessage(DraftLines.TooMany);
            RuleForEach(c => c.Lines).ChildRules(line =>
            {
                line.RuleFor(l => l.VolumeMl).Must(IsLineVolume).WithMessage(LineVolumeMessage);
                line.RuleFor(l => l.VolumeMl).PrecisionScale(12, 4, ignoreTrailingZeros: true).WithMessage("Four digits after the point are enough.");
                line.RuleFor(l => l.Mistake).Must(why => why is null || !string.IsNullOrWhiteSpace(why)).WithMessage("Say how it came into the record, for example that the wrong pack was scanned.")
                    .MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
                line.RuleFor(l => l.Ampoules).Must(count => count is >= 1 and <= 50).WithMessage("Say how many ampoules are opened, 1 to 50.");
            });
        }

        internal static bool IsLineVolume(decimal? ml) => ml is null or (> 0 and <= MostLineMl);

        private static bool IsDepth(decimal? mm) => mm is null or (>= 0.1m and <= 20);

        private static bool IsVolume(decimal? ml) => ml is null or (> 0 and <= MostPointMl);
    }
}
