namespace MesoClinic.Rules.Knowledge;

/// <summary>What kind of value each plan field has.</summary>
public static class PlanFields
{
    public static bool IsFlag(this PlanField field) => !field.IsNumber() && !field.IsChoice();

    public static bool IsNumber(this PlanField field) => field
        is PlanField.NeedleOuterDiameterMm or PlanField.VolumePerInjectionMl or PlanField.VolumeTotalMl or PlanField.DurationMin
        or PlanField.SessionNumber or PlanField.DaysSinceLastSession or PlanField.IngredientCount;

    public static bool IsChoice(this PlanField field) => field
        is PlanField.Technique or PlanField.Administration or PlanField.Setting or PlanField.InjectionSpeed;
}
